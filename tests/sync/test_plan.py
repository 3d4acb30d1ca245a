"""The plan: what each flow's fate is, and that a plan that was applied leaves nothing to do."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gitops.sync.plan import Action, Deployed, Desired, Plan, plan


def _desired(flow_id: str, source: str = "a", path: str = "x.yml", namespace: str = "team") -> Desired:
    return Desired(
        namespace=namespace, flow_id=flow_id, path=path, blob=f"blob {source}", source=source, digest=f"digest {source}"
    )


def _deployed(flow_id: str, source: str = "a", path: str = "x.yml", revision: int = 3) -> Deployed:
    return Deployed(namespace="team", flow_id=flow_id, revision=revision, path=path, digest=f"digest {source}")


def _fates(found: Plan) -> dict[str, tuple[Action, int | None]]:
    return {change.flow_id: (change.action, change.revision) for change in found.flows}


def test_each_flow_gets_its_fate_and_its_revision() -> None:
    desired = [_desired("new"), _desired("changed", "b"), _desired("moved", path="y.yml"), _desired("same")]
    deployed = [_deployed("changed"), _deployed("moved"), _deployed("same"), _deployed("gone")]

    found = plan(desired, deployed)

    assert _fates(found) == {
        "new": (Action.CREATE, None),
        "changed": (Action.UPDATE, 4),
        "moved": (Action.MOVE, 3),
        "same": (Action.UNCHANGED, 3),
        "gone": (Action.DELETE, 3),
    }
    lists = (found.creates, found.updates, found.moves, found.deletes, found.unchanged)
    assert [[change.flow_id for change in part] for part in lists] == [
        ["new"],
        ["changed"],
        ["moved"],
        ["gone"],
        ["same"],
    ]
    assert [change.flow_id for change in found.changes] == ["changed", "gone", "moved", "new"]


def test_a_change_tells_the_path_where_the_flow_is_or_was() -> None:
    found = plan([_desired("new", path="new.yml")], [_deployed("gone", path="gone.yml")])

    assert {change.flow_id: change.path for change in found.changes} == {"new": "new.yml", "gone": "gone.yml"}


def test_a_flow_that_changes_and_moves_is_an_update() -> None:
    found = plan([_desired("a", "new source", path="y.yml")], [_deployed("a")])

    assert _fates(found) == {"a": (Action.UPDATE, 4)}


def test_one_id_in_two_namespaces_is_two_flows() -> None:
    found = plan([_desired("a"), _desired("a", namespace="other")], [_deployed("a")])

    assert [(change.namespace, change.action) for change in found.flows] == [
        ("other", Action.CREATE),
        ("team", Action.UNCHANGED),
    ]


def test_deleting_every_one_of_several_flows_is_noticed() -> None:
    two, one = [_deployed("a"), _deployed("b")], [_deployed("a")]

    assert plan([], two).deletes_everything
    assert not plan([], one).deletes_everything
    assert not plan([_desired("a")], two).deletes_everything
    assert not plan([_desired("c")], two).deletes_everything
    assert not plan([], []).deletes_everything


_IDS = st.sampled_from("abcde")
_SOURCES = st.sampled_from(["1", "2"])
_PATHS = st.sampled_from(["x.yml", "y.yml"])
_SIDES = st.dictionaries(_IDS, st.tuples(_SOURCES, _PATHS))


def _both(
    wanted: dict[str, tuple[str, str]], present: dict[str, tuple[str, str]]
) -> tuple[list[Desired], list[Deployed]]:
    desired = [_desired(flow_id, source, path) for flow_id, (source, path) in wanted.items()]
    return desired, [_deployed(flow_id, source, path) for flow_id, (source, path) in present.items()]


def _applied(found: Plan, desired: list[Desired]) -> list[Deployed]:
    """What is deployed after the plan was applied."""
    sources = {flow.key: flow for flow in desired}
    return [
        Deployed(
            namespace=change.namespace,
            flow_id=change.flow_id,
            revision=change.revision or 1,
            path=change.path,
            digest=sources[change.key].digest,
        )
        for change in found.flows
        if change.action is not Action.DELETE
    ]


@given(_SIDES, _SIDES)
def test_an_applied_plan_leaves_nothing_to_do(
    wanted: dict[str, tuple[str, str]], present: dict[str, tuple[str, str]]
) -> None:
    desired, deployed = _both(wanted, present)

    assert plan(desired, _applied(plan(desired, deployed), desired)).empty


@given(_SIDES, _SIDES)
def test_every_flow_of_both_sides_is_in_the_plan_once(
    wanted: dict[str, tuple[str, str]], present: dict[str, tuple[str, str]]
) -> None:
    found = plan(*_both(wanted, present))

    assert [change.flow_id for change in found.flows] == sorted(wanted.keys() | present.keys())
    parts = (found.creates, found.updates, found.moves, found.deletes, found.unchanged)
    assert sum(len(part) for part in parts) == len(found.flows)


@given(_SIDES)
def test_what_is_deployed_already_needs_no_plan(wanted: dict[str, tuple[str, str]]) -> None:
    assert plan(*_both(wanted, wanted)).empty
