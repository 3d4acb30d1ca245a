"""The variables that expressions may read, by their first names."""

from __future__ import annotations

ROOTS = frozenset(
    (
        *("flow", "execution", "task", "taskrun", "parent", "parents", "item", "inputs", "outputs", "tasks", "vars"),
        *("labels", "trigger", "schedule", "envs", "globals", "kestra", "namespace", "error", "files", "workingDir"),
        *(
            "outputDir",
            "bucketPath",
            "response",
            "count",
            "tenant",
            "secrets",
            "addSecretConsumer",
            "each",
            "iteration",
        ),
    )
)
"""Every name that Kestra or the engine gives a value, wherever it does."""

MIXED_UP = {
    "input": "inputs",
    "output": "outputs",
    "var": "vars",
    "variables": "vars",
    "variable": "vars",
    "label": "labels",
    "triggers": "trigger",
    "env": "envs",
    "executions": "execution",
    "task_run": "taskrun",
    "taskRun": "taskrun",
    "params": "inputs",
    "parameters": "inputs",
    "workflow": "flow",
}
"""Names that people write, each with the one that they mean."""
