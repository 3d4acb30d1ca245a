"""Executions are counted, purged and resumed by tasks of other executions."""

from __future__ import annotations

import pytest

from gitops.execution.state import Execution, State
from gitops.store.executions import ExecutionFilter
from tests.engine.workshop import Workshop

_EXECUTION = "io.kestra.plugin.core.execution"
_WRITE = "{id: write, type: io.kestra.plugin.core.storage.Write, content: text}"
_LOG = "{id: log, type: io.kestra.plugin.core.log.Log, message: done}"
_FAIL = "{id: fail, type: io.kestra.plugin.core.execution.Fail}"
_PAUSE = "{id: pause, type: io.kestra.plugin.core.flow.Pause}"


def source(flow_id: str, *tasks: str, namespace: str = "company.team") -> str:
    return f"id: {flow_id}\nnamespace: {namespace}\ntasks:\n" + "\n".join(f"  - {task}" for task in tasks)


@pytest.fixture
def past(workshop: Workshop) -> Workshop:
    """Two executions of `a`, one of which failed; one of `a` in a namespace below; one of `b` elsewhere."""
    workshop.run(source("a", _LOG, _WRITE))
    workshop.run(source("a", _LOG, _FAIL))
    workshop.run(source("a", _LOG, namespace="company.team.below"))
    workshop.run(source("b", _LOG, namespace="other"))
    return workshop


def ask(workshop: Workshop, kind: str, **properties: object) -> Execution:
    lines = "".join(f"\n    {name}: {value}" for name, value in properties.items())
    return workshop.run(source("asking", f"id: ask\n    type: {_EXECUTION}.{kind}{lines}", namespace="ops"))


def outputs(execution: Execution) -> dict[str, object]:
    (run,) = execution.in_order()
    assert run.state is State.SUCCESS, run.message
    return dict(run.outputs or {})


def message(execution: Execution) -> str:
    (run,) = execution.in_order()
    assert run.state is State.FAILED
    return str(run.message)


def ids(workshop: Workshop, **wanted: object) -> list[str]:
    with workshop.store.database.read() as connection:
        return workshop.store.executions.ids(connection, ExecutionFilter(**wanted))  # type: ignore[arg-type]  # the fields of a filter


_LONG_AGO, _LATER = "'2020-01-01T00:00:00Z'", "'2100-01-01T00:00:00Z'"


@pytest.mark.parametrize(
    ("properties", "counts"),
    [
        ({"flows": "[{namespace: company.team, flowId: a}, {namespace: other, flowId: none}]"}, [2, 0]),
        ({"flows": "[{namespace: company.team, flowId: a}]", "states": "[FAILED]"}, [1]),
        ({"namespaces": "[company.team, other]"}, [3, 1]),
        ({"namespaces": "[company]", "endDate": _LONG_AGO}, [0]),
        ({"namespaces": "[company]", "startDate": _LATER}, [0]),
        ({"namespaces": "[company, other]", "expression": '"{{ count > 1 }}"'}, [3]),
    ],
)
def test_executions_are_counted(past: Workshop, properties: dict[str, object], counts: list[int]) -> None:
    given = {"startDate": _LONG_AGO, "expression": '"{{ true }}"', **properties}
    found = outputs(ask(past, "Count", **given))
    results = found["results"]
    assert isinstance(results, list)
    assert [each["count"] for each in results] == counts
    assert found["total"] == sum(counts)


@pytest.mark.parametrize("properties", [{}, {"namespaces": "[a]", "flows": "[{namespace: a, flowId: b}]"}])
def test_flows_or_namespaces_must_be_given(past: Workshop, properties: dict[str, object]) -> None:
    counted = ask(past, "Count", startDate=_LONG_AGO, expression="x", **properties)
    assert message(counted) == "expected `flows` or `namespaces`, one of the two"


@pytest.mark.parametrize(
    ("properties", "counts"),
    [
        ({"namespace": "company"}, (3, 4, 1)),
        ({"namespace": "company", "batchSize": 1}, (3, 4, 1)),
        ({"namespace": "company.team", "flowId": "a"}, (2, 3, 1)),
        ({"namespace": "company", "states": "[FAILED]"}, (1, 2, 0)),
        ({"namespace": "company", "endDate": _LONG_AGO}, (0, 0, 0)),
        ({"namespace": "company", "startDate": _LATER}, (0, 0, 0)),
        ({"namespace": "company", "purgeExecution": "false"}, (0, 4, 1)),
        ({"namespace": "company", "purgeLog": "false", "purgeStorage": "false"}, (3, 0, 0)),
    ],
)
def test_old_executions_are_purged(past: Workshop, properties: dict[str, object], counts: tuple[int, int, int]) -> None:
    executions, logs, files = counts
    found = outputs(ask(past, "PurgeExecutions", **{"endDate": _LATER, **properties}))
    assert found == {
        "executionsCount": executions,
        "logsCount": logs,
        "metricsCount": found["metricsCount"],
        "storagesCount": files,
    }
    assert len(ids(past, namespace="company")) == 3 - executions
    assert len(ids(past, namespace="other")) == 1


def test_what_is_not_done_is_never_purged(workshop: Workshop) -> None:
    workshop.add(source("waits", _PAUSE))
    paused = workshop.engine.create("company.team", "waits")
    assert outputs(ask(workshop, "PurgeExecutions", endDate=_LATER))["executionsCount"] == 0
    assert workshop.load(paused.id).state is State.PAUSED


def test_an_execution_that_was_purged_is_gone_at_once(past: Workshop) -> None:
    """Also for whoever asked for it a moment ago."""
    (known,) = ids(past, namespace="other")
    past.load(known)
    ask(past, "PurgeExecutions", endDate=_LATER)
    assert known not in ids(past)


def test_a_paused_execution_is_resumed(workshop: Workshop) -> None:
    workshop.add(source("waits", _PAUSE))
    paused = workshop.engine.create("company.team", "waits")
    place = {"namespace": "company.team", "flowId": "waits"}
    outputs(ask(workshop, "Resume", executionId=paused.id, **place))
    assert workshop.engine.wait(paused.id, 10).state is State.SUCCESS
    again = message(ask(workshop, "Resume", executionId=paused.id))
    assert again == f"execution {paused.id} cannot be resumed: it is SUCCESS; only a PAUSED one can be"


def test_an_execution_of_another_flow_is_not_resumed(workshop: Workshop) -> None:
    workshop.add(source("waits", _PAUSE))
    paused = workshop.engine.create("company.team", "waits")
    refused = ask(workshop, "Resume", executionId=paused.id, namespace="company.team", flowId="other")
    assert message(refused) == f"there is no execution {paused.id} of flow company.team.other"
    refused = ask(workshop, "Resume", executionId=paused.id, flowId="waits")
    assert message(refused) == "expected `namespace` and `flowId` together, found one of them"
