"""Old revisions of flows are purged; those that an execution ran stay."""

from __future__ import annotations

import pytest

from gitops.execution.state import State
from tests.engine.workshop import Workshop


def source(flow_id: str, message: str, namespace: str = "company.team") -> str:
    task = f"{{id: t, type: io.kestra.plugin.core.debug.Return, format: '{message}'}}"
    return f"id: {flow_id}\nnamespace: {namespace}\ntasks:\n  - {task}\n"


@pytest.fixture
def aged(workshop: Workshop) -> Workshop:
    """Flows of four revisions each, in two namespaces; the second one of `run` was run."""
    for number in range(4):
        workshop.add(source("idle", f"{number}"))
        workshop.add(source("idle", f"{number}", "company.team.below"))
        (workshop.run if number == 1 else workshop.add)(source("run", f"{number}"))
    return workshop


def purge(workshop: Workshop, behavior: str, **properties: object) -> int:
    lines = "".join(f"\n    {name}: {value}" for name, value in {"behavior": behavior, **properties}.items())
    ended = workshop.run(
        f"id: purging\nnamespace: ops\ntasks:\n  - id: purge\n    type: io.kestra.plugin.core.flow.PurgeFlows{lines}"
    )
    (run,) = ended.in_order()
    assert run.state is State.SUCCESS, run.message
    return int(str((run.outputs or {})["size"]))


def left(workshop: Workshop, flow_id: str, namespace: str = "company.team") -> list[int]:
    with workshop.store.database.read() as connection:
        return [each.revision for each in workshop.store.flows.revisions(connection, namespace, flow_id)]


def test_all_but_the_newest_are_deleted_and_those_that_were_run(aged: Workshop) -> None:
    assert purge(aged, "{keepAmount: 1}") == 3 + 3 + 2
    assert left(aged, "idle") == left(aged, "idle", "company.team.below") == [4]
    assert left(aged, "run") == [2, 4]


@pytest.mark.parametrize(
    ("properties", "size"),
    [
        ({"namespaces": "[company.team]"}, 3 + 3 + 2),
        ({"namespaces": "[company.team]", "includeChildNamespaces": "false"}, 3 + 2),
        ({"namespacePattern": "'*.below'"}, 3),
        ({"flowPattern": "'r*'"}, 2),
        ({"namespaces": "[other]"}, 0),
    ],
)
def test_only_some_flows_may_be_meant(aged: Workshop, properties: dict[str, object], size: int) -> None:
    assert purge(aged, "{keepAmount: 1}", **properties) == size


@pytest.mark.parametrize(("keep", "size"), [(2, 2 + 2 + 1), (4, 0)])
def test_so_many_of_the_newest_stay(aged: Workshop, keep: int, size: int) -> None:
    assert purge(aged, f"{{keepAmount: {keep}}}") == size


@pytest.mark.parametrize(("before", "size"), [("2100-01-01", 3 + 3 + 2), ("2020-01-01", 0)])
def test_those_before_a_date_are_deleted(aged: Workshop, before: str, size: int) -> None:
    assert purge(aged, f"{{before: '{before}T00:00:00Z'}}") == size


def test_one_way_must_be_chosen(aged: Workshop) -> None:
    with pytest.raises(AssertionError, match="behavior: expected `keepAmount` or `before`, one of the two"):
        purge(aged, "{keepAmount: 1, before: '2020-01-01T00:00:00Z'}")
    with pytest.raises(AssertionError, match="expected `namespaces` or `namespacePattern`, found both"):
        purge(aged, "{keepAmount: 1}", namespaces="[a]", namespacePattern="a")
