"""A loop may start any number of tasks at once.

## What it does

Finds ForEach tasks with `concurrencyLimit: 0` whose values an expression gives.

## Why it matters

A list of ten thousand starts ten thousand tasks at once, and everybody else waits.

## Example

```yaml
id: hello
namespace: company.team
inputs:
  - id: list
    type: JSON
tasks:
  - id: each
    type: io.kestra.plugin.core.flow.ForEach
    concurrencyLimit: 0
    values: "{{ inputs.list }}"
    tasks:
      - id: greet
        type: io.kestra.plugin.core.log.Log
        message: Hello
```

## Use instead

```yaml
id: hello
namespace: company.team
inputs:
  - id: list
    type: JSON
tasks:
  - id: each
    type: io.kestra.plugin.core.flow.ForEach
    concurrencyLimit: 10
    values: "{{ inputs.list }}"
    tasks:
      - id: greet
        type: io.kestra.plugin.core.log.Log
        message: Hello
```
"""

from __future__ import annotations

from collections.abc import Iterator

from gitops.language.quoting import quote
from gitops.lint.finding import Finding, Severity
from gitops.lint.members import tasks
from gitops.lint.rule import rule
from gitops.lint.subject import Subject

_LOOP = "io.kestra.plugin.core.flow.ForEach"


@rule(severity=Severity.WARNING, since="0.2", about=("concurrencyLimit",))
def unbounded_parallelism(subject: Subject) -> Iterator[Finding]:
    """Every loop over a list of any length without a limit."""
    for task in tasks(subject, _LOOP):
        values = task.data.get("values")
        if task.data.get("concurrencyLimit") in (0, "0") and isinstance(values, str) and "{{" in values:
            yield subject.finding(
                (*task.path, "concurrencyLimit"),
                f"{quote(str(task.data.get('id')))} may start any number of tasks at once",
                expected="a limit such as `10`",
                found="`0`, which is no limit",
                help="say how many may run at once",
            )
