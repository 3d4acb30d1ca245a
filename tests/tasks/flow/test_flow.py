"""The task types of the group flow: what can be written, what is refused, and what is said of old names."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gitops.catalog.catalogue import catalogue
from gitops.language.task import Task
from gitops.tasks.flow.dag import Dag
from gitops.tasks.flow.for_each_item import ForEachItem
from gitops.tasks.flow.if_ import If
from gitops.tasks.flow.loop import Loop
from gitops.tasks.flow.loop_until import LoopUntil
from gitops.tasks.flow.parallel import Parallel
from gitops.tasks.flow.pause import Pause
from gitops.tasks.flow.purge_flows import PurgeFlows
from gitops.tasks.flow.subflow import Subflow
from gitops.tasks.flow.switch import Switch
from gitops.tasks.flow.working_directory import WorkingDirectory
from tests.tasks.one_task import read_task, refusal, shown

FLOW = "io.kestra.plugin.core.flow."
OLD = "io.kestra.core.tasks.flows."


def say(task_id: str = "say") -> dict[str, object]:
    """A task that can stand anywhere."""
    return {"id": task_id, "type": "io.kestra.plugin.core.log.Log", "message": "hello"}


def after(task_id: str, *others: str) -> dict[str, object]:
    """A task of a Dag."""
    return {"task": say(task_id), "dependsOn": list(others)}


SAY = [say()]
ENDINGS = {"errors": [say("sorry")], "finally": [say("bye")]}
CALL = {"namespace": "company.team", "flowId": "called"}
ONE_INPUT = [{"id": "reason", "type": "STRING"}]


@pytest.mark.parametrize(
    ("kind", "properties", "outputs"),
    [
        ("Sequential", {"tasks": SAY, **ENDINGS}, set()),
        ("Parallel", {"tasks": SAY, "concurrent": 2, **ENDINGS}, set()),
        ("Dag", {"tasks": [after("c", "a", "b"), after("a"), after("b", "a")], "concurrent": 1, **ENDINGS}, set()),
        ("If", {"condition": "{{ a }}", "then": SAY, "else": [say("no")], **ENDINGS}, {"evaluation_result"}),
        ("If", {"condition": True, "then": SAY}, {"evaluation_result"}),
        ("Switch", {"value": "{{ a }}", "cases": {"a": SAY}, "defaults": [say("b")], **ENDINGS}, {"value", "defaults"}),
        ("Switch", {"value": 1, "cases": {"1": SAY}}, {"value", "defaults"}),
        ("Switch", {"value": "a", "defaults": SAY}, {"value", "defaults"}),
        ("ForEach", {"values": "{{ inputs.a }}", "tasks": SAY, "concurrencyLimit": 0, **ENDINGS}, set()),
        ("ForEach", {"values": '["a", "b"]', "tasks": SAY}, set()),
        ("ForEach", {"values": ["a", 1, None, {"key": {"sub": [True]}}], "tasks": SAY}, set()),
        ("EachSequential", {"value": ["a"], "tasks": SAY, **ENDINGS}, set()),
        ("EachParallel", {"value": "[1]", "tasks": SAY, "concurrent": 2, **ENDINGS}, set()),
        (
            "ForEachItem",
            {"items": "{{ a }}", "batch": {"rows": "{{ inputs.n }}", "bytes": "10MB", "separator": ";"}, **CALL}
            | {"inputs": {"a": "{{ taskrun.items }}"}, "labels": {"a": 1}, "wait": False, **ENDINGS},
            {"number_of_batches", "iterations", "uri", "subflow_outputs_base_uri"},
        ),
        (
            "Loop",
            {"values": {"a": 1}, "concurrencyLimit": 3, "transmitFailed": False, "fetchType": "STORE", "tasks": SAY}
            | {"outputs": [{"id": "o", "type": "INT", "value": "{{ a }}"}], "breakWhen": "{{ b }}", **ENDINGS},
            {"iteration_count", "running_iterations", "terminated_iterations", "outputs", "uri"},
        ),
        (
            "LoopUntil",
            {"condition": "{{ a }}", "tasks": SAY, "failOnMaxReached": True, **ENDINGS}
            | {"checkFrequency": {"interval": "PT1S", "maxIterations": "{{ n }}", "maxDuration": "PT1H"}},
            {"iteration_count"},
        ),
        (
            "Pause",
            {"pauseDuration": "{{ d }}", "behavior": "WARN", "onResume": ONE_INPUT, "onPause": say("wait"), **ENDINGS}
            | {"tasks": SAY, "timeout": "PT1H"},
            {"on_resume", "resumed"},
        ),
        ("Pause", {}, {"on_resume", "resumed"}),
        (
            "Approval",
            {"inputs": ONE_INPUT, "decisions": {"approve": "Go"}, "commentRequired": "ALWAYS", "autoApprove": "{{ a }}"}
            | {"approveBehavior": "SUCCEED", "denyBehavior": "KILL", "expireBehavior": "FAIL", **ENDINGS}
            | {"onWait": SAY, "onApprove": [say("yes")], "onDeny": [say("no")]},
            {"url", "decision", "auto", "by", "on", "comment", "inputs", "due"},
        ),
        (
            "Subflow",
            {**CALL, "revision": 2, "inputs": {"a": [1]}, "labels": [{"key": "a", "value": "{{ b }}"}]}
            | {"wait": False, "transmitFailed": False, "inheritLabels": "{{ c }}", "outputs": {"a": "{{ b }}"}}
            | {"scheduleDate": "2026-01-31T08:30:00Z", "restartBehavior": "NEW_EXECUTION"},
            {"execution_id", "state", "outputs"},
        ),
        (
            "WorkingDirectory",
            {"tasks": SAY, "inputFiles": {"a.txt": "{{ a }}"}, "outputFiles": ["*.txt"], **ENDINGS}
            | {"namespaceFiles": {"enabled": True}, "cache": {"patterns": ["*.txt"], "ttl": "PT5m"}},
            {"output_files"},
        ),
        ("WorkingDirectory", {"tasks": [{"id": "other", "type": "org.example.Thing"}]}, {"output_files"}),
        ("AllowFailure", {"tasks": SAY, **ENDINGS}, set()),
        ("Sleep", {"duration": "{{ inputs.wait }}"}, set()),
        ("Template", {"namespace": "a", "templateId": "b", "args": {"c": 1}, **ENDINGS}, {"args"}),
        (
            "PurgeFlows",
            {"flowPattern": "old_*", "namespacePattern": "a.*", "includeChildNamespaces": False}
            | {"behavior": {"type": "version", "before": "2026-01-31T08:30:00Z"}},
            {"size"},
        ),
    ],
    ids=shown,
)
def test_accepted(kind: str, properties: dict[str, object], outputs: set[str]) -> None:
    task = read_task(FLOW + kind, **properties)
    assert task.type_name() == FLOW + kind
    assert {
        name for name, field in type(task).model_fields.items() if field.alias in properties
    } <= task.model_fields_set
    assert set(task.Output.model_fields) == outputs


@pytest.mark.parametrize(
    ("kind", "properties", "words"),
    [
        ("Sequential", {"tasks": []}, "tasks: Value error, expected at least one task, found none"),
        ("Parallel", {}, "tasks: Field required"),
        ("Parallel", {"tasks": []}, "tasks: Value error, expected at least one task, found none"),
        ("Parallel", {"tasks": SAY, "concurrent": -1}, "concurrent: Input should be greater than or equal to 0"),
        ("Parallel", {"tasks": SAY, "concurrent": "{{ n }}"}, "concurrent: Value error, expected an integer"),
        ("Dag", {"tasks": []}, "tasks: Value error, expected at least one task, found none"),
        ("Dag", {"tasks": SAY}, "tasks[0].task: Field required"),
        ("Dag", {"tasks": [after("a", "b")]}, "tasks: Value error, `a` depends on `b`, which is no task of this Dag"),
        (
            "Dag",
            {"tasks": [after("a", "b"), after("b", "a")]},
            "tasks: Value error, expected tasks that do not depend on each other in a circle, found `a`, `b`, `a`",
        ),
        ("If", {}, "condition: Field required\nthen: Field required"),
        ("If", {"condition": "a", "then": []}, "then: Value error, expected at least one task, found none"),
        ("Switch", {"value": "a"}, "tasks[0]: Value error, expected tasks in `cases`, in `defaults` or in both"),
        ("Switch", {"value": "a", "cases": {}, "defaults": []}, "tasks[0]: Value error, expected tasks in `cases`"),
        ("Switch", {"value": " ", "defaults": SAY}, "value: Value error, expected a text that is not blank"),
        ("ForEach", {"values": {"a": 1}, "tasks": SAY}, "values.str: Input should be a valid string"),
        ("ForEach", {"values": [1], "tasks": SAY, "concurrencyLimit": -1}, "concurrencyLimit: Input should be greater"),
        ("ForEach", {"tasks": SAY}, "values: Field required"),
        ("EachSequential", {"value": [1], "tasks": SAY, "concurrent": 1}, "concurrent: Extra inputs are not permitted"),
        ("ForEachItem", {}, "namespace: Field required\nflowId: Field required\nitems: Field required"),
        ("ForEachItem", {"items": "a", **CALL, "batch": {"rows": 0}}, "batch.rows: Input should be greater than or"),
        ("ForEachItem", {"items": "a", **CALL, "batch": {"bytes": "big"}}, "batch.bytes: Value error, expected a size"),
        ("Loop", {"values": [1], "tasks": SAY, "fetchType": "NONE"}, "fetchType: Input should be 'AUTO', 'FETCH'"),
        (
            "LoopUntil",
            {"condition": "a", "tasks": SAY, "checkFrequency": {"maxIterations": 0}},
            "checkFrequency.maxIterations: Input should be greater than 0",
        ),
        ("Pause", {"pauseDuration": "a day"}, "pauseDuration: Value error, expected an ISO-8601 duration"),
        ("Pause", {"behavior": "KILL"}, "behavior: Input should be 'RESUME', 'WARN', 'CANCEL' or 'FAIL'"),
        ("Pause", {"onPause": SAY}, "onPause: Input should be a valid dictionary"),
        ("Approval", {"decisions": {"maybe": "a"}}, "decisions.maybe: Extra inputs are not permitted"),
        ("Approval", {"denyBehavior": "RESUME"}, "denyBehavior: Input should be 'CONTINUE', 'WARN', 'FAIL'"),
        ("Subflow", {}, "namespace: Field required\nflowId: Field required"),
        ("Subflow", {**CALL, "revision": 0}, "revision: Input should be greater than or equal to 1"),
        ("Subflow", {**CALL, "labels": {"system.a": "b"}}, "labels[0].key: Value error, labels that start with"),
        ("WorkingDirectory", {}, "tasks: Field required"),
        ("WorkingDirectory", {"tasks": []}, "tasks: Value error, expected at least one task, found none"),
        (
            "WorkingDirectory",
            {"tasks": [say(), {"id": "stop", "type": f"{FLOW}Pause"}]},
            f"tasks: Value error, `stop`: only runnable tasks may stand in a WorkingDirectory, found `{FLOW}Pause`",
        ),
        (
            "WorkingDirectory",
            {"tasks": [{**say(), "workerGroup": {"key": "gpu"}}]},
            "tasks: Value error, `say`: expected `workerGroup` on the WorkingDirectory, found it on a task in it",
        ),
        ("WorkingDirectory", {"tasks": SAY, "cache": {}}, "cache.patterns: Field required"),
        ("Sleep", {}, "duration: Field required"),
        ("Template", {"namespace": "a"}, "templateId: Field required"),
        ("PurgeFlows", {"behavior": {"keepAmount": 0}}, "behavior.keepAmount: Input should be greater than or equal"),
    ],
    ids=shown,
)
def test_refused(kind: str, properties: dict[str, object], words: str) -> None:
    assert refusal(FLOW + kind, **properties).startswith(words)


@pytest.mark.parametrize(
    ("old", "today"),
    [
        *((OLD + name, FLOW + name) for name in ("AllowFailure", "Dag", "EachParallel", "EachSequential")),
        *((OLD + name, FLOW + name) for name in ("ForEachItem", "If", "Parallel", "Pause", "Sequential", "Subflow")),
        *((OLD + name, FLOW + name) for name in ("Switch", "Template", "WorkingDirectory")),
        (f"{OLD}Flow", f"{FLOW}Subflow"),
        (f"{OLD}Worker", f"{FLOW}WorkingDirectory"),
        (f"{FLOW}WaitFor", f"{FLOW}LoopUntil"),
    ],
)
def test_old_names(old: str, today: str) -> None:
    assert catalogue().today(old) == today


def test_every_type_of_the_group_can_be_read() -> None:
    names = {name for name in catalogue().room(Task.ROOM) if name.startswith(FLOW)}
    assert names == {FLOW + name for name in _NAMES}


_NAMES = (
    *("AllowFailure", "Approval", "Dag", "EachParallel", "EachSequential", "ForEach", "ForEachItem", "If", "Loop"),
    *("LoopUntil", "Parallel", "Pause", "PurgeFlows", "Sequential", "Sleep", "Subflow", "Switch", "Template"),
    "WorkingDirectory",
)


def test_only_sleep_and_purge_flows_do_work_of_their_own() -> None:
    kinds: list[type[Task]] = [
        kind
        for kind in catalogue().room(Task.ROOM).values()
        if issubclass(kind, Task) and kind.type_name().startswith(FLOW)
    ]
    assert {kind.type_name() for kind in kinds if kind.RUNNABLE} == {f"{FLOW}PurgeFlows", f"{FLOW}Sleep"}


def test_defaults_of_loops() -> None:
    parallel = read_task(f"{FLOW}Parallel", tasks=SAY)
    assert isinstance(parallel, Parallel)
    assert parallel.concurrent == 0
    until = read_task(f"{FLOW}LoopUntil", condition="{{ a }}", tasks=SAY)
    assert isinstance(until, LoopUntil)
    often = until.check_frequency
    assert (often.interval, often.max_iterations, often.max_duration) == (timedelta(minutes=1), None, None)
    items = read_task(f"{FLOW}ForEachItem", items="{{ a }}", **CALL)
    assert isinstance(items, ForEachItem)
    assert (items.batch.rows, items.batch.separator, items.wait, items.transmit_failed) == (1, "\n", True, True)
    loop = read_task(f"{FLOW}Loop", values=["a"], tasks=SAY)
    assert isinstance(loop, Loop)
    assert (loop.concurrency_limit, loop.fetch_type, loop.transmit_failed) == (1, "AUTO", True)


def test_defaults_of_calls() -> None:
    subflow = read_task(f"{FLOW}Subflow", **CALL)
    assert isinstance(subflow, Subflow)
    assert (subflow.wait, subflow.transmit_failed, subflow.inherit_labels) == (True, True, False)
    assert (subflow.restart_behavior, subflow.revision, subflow.outputs) == ("RETRY_FAILED", None, None)


def test_old_revisions_go_by_default() -> None:
    purge = read_task(f"{FLOW}PurgeFlows")
    assert isinstance(purge, PurgeFlows)
    assert (purge.behavior.keep_amount, purge.behavior.before, purge.include_child_namespaces) == (1, None, True)


def test_delay_is_the_old_name_of_pause_duration() -> None:
    pause = read_task(f"{FLOW}Pause", delay="PT5S")
    assert isinstance(pause, Pause)
    assert pause.pause_duration == timedelta(seconds=5)
    assert Pause.RENAMED == {"delay": "pauseDuration"}


def test_branches_hold_tasks() -> None:
    choice = read_task(f"{FLOW}If", condition="{{ a }}", then=SAY, else_=[say("no")], finally_=[say("bye")])
    assert isinstance(choice, If)
    assert [task.id for task in (*choice.then, *choice.else_, *choice.finally_)] == ["say", "no", "bye"]
    switch = read_task(f"{FLOW}Switch", value="a", cases={"a": SAY, "b": [say("b")]})
    assert isinstance(switch, Switch)
    assert {key: [task.id for task in tasks] for key, tasks in (switch.cases or {}).items()} == {
        "a": ["say"],
        "b": ["b"],
    }
    dag = read_task(f"{FLOW}Dag", tasks=[after("a"), after("b", "a")])
    assert isinstance(dag, Dag)
    assert [(item.task.id, item.depends_on) for item in dag.tasks] == [("a", ()), ("b", ("a",))]


def test_a_disabled_task_may_be_depended_on() -> None:
    first = {"task": {**say("a"), "disabled": True}}
    assert isinstance(read_task(f"{FLOW}Dag", tasks=[first, after("b", "a")]), Dag)


def test_a_working_directory_may_have_a_worker_group() -> None:
    folder = read_task(f"{FLOW}WorkingDirectory", tasks=SAY, workerGroup={"key": "gpu"})
    assert isinstance(folder, WorkingDirectory)
    assert folder.worker_group is not None
