"""What a flowable sees of its children when it is asked."""

from __future__ import annotations

from gitops.errors import ExpressionError
from gitops.execution.machine.draft import Draft
from gitops.execution.machine.family import FamilyNow
from gitops.execution.state import Children
from tests.execution.forest import BEGIN
from tests.execution.play import Player, flow_task, give, play


def draft_of(player: Player) -> Draft:
    def render(_execution: object, run: object, value: object, _more: object) -> object:
        if value == "broken":
            raise ExpressionError("no")
        return (run, value)

    return Draft(player.flow, player.execution, now=BEGIN, render=render, chance=0.0)


def test_counts_the_decision_and_the_children_by_place() -> None:
    loop = flow_task("ForEach", "each", give("a"), give("off", disabled=True), values=["x", "y"], concurrencyLimit=2)
    player = play(loop, slow={"a[y]"})
    draft, each = draft_of(player), player.run("each")
    family = FamilyNow.of(draft, each.id)
    assert [task.id for task in family.tasks] == ["a"]
    assert (family.children, family.cursor) == (Children(created=2, live=1), 2)
    assert family.decision == {"values": ["x", "y"]}
    assert (family.child("a", 1), family.child("a", 2), family.child("a")) == (player.run("a[y]"), None, None)
    assert family.render(player.run("a[x]"), "text") == (player.run("a[x]"), "text")


def test_those_that_just_ended_are_told_once() -> None:
    player = play(flow_task("Sequential", "group", give("a")), slow={"a"})
    draft, group = draft_of(player), player.run("group").id
    draft.ended[group] = [player.run("a")]
    assert list(FamilyNow.of(draft, group).ended) == [player.run("a")]
    assert list(FamilyNow.of(draft, group).ended) == []
