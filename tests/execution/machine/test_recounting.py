"""Counts made anew: of all parents, or only of some."""

from __future__ import annotations

from gitops.execution.machine.draft import Draft
from gitops.execution.machine.recounting import recount
from gitops.execution.state import Branch, Children, Progress, State
from tests.execution.forest import BEGIN
from tests.execution.play import Player, flow_task, give, play
from tests.replacing import replace

WRONG = Progress(children=Children(created=9, live=9))


def draft_of(player: Player) -> Draft:
    draft = Draft(player.flow, player.execution, now=BEGIN, render=lambda *given: given[2], chance=0.0)
    draft.set_progress(None, WRONG)
    for run in player.execution.in_order():
        if run.progress is not None:
            draft.put(replace(run, progress=replace(WRONG, cursor=run.progress.cursor)))
    return draft


def test_all_counts_follow_from_the_task_runs() -> None:
    inner = flow_task("Parallel", "inner", give("a"), give("b", allowFailure=True), give("c"))
    player = play(give("first"), flow_task("Sequential", "outer", inner), failing={"b"}, slow={"c"})
    draft = draft_of(player)
    recount(draft)
    assert draft.progress(None).children == Children(created=2, live=1)
    assert draft.progress(player.run("outer").id).children == Children(created=1, live=1)
    assert draft.progress(player.run("inner").id).children == Children(created=3, live=1, worst=State.WARNING)


def test_only_some_may_be_counted() -> None:
    player = play(flow_task("Sequential", "outer", flow_task("Parallel", "inner", give("a"))), slow={"a"})
    draft = draft_of(player)
    recount(draft, {None, player.run("inner").id})
    assert draft.progress(None).children.created == 1
    assert draft.progress(player.run("inner").id).children.created == 1
    assert draft.progress(player.run("outer").id) == WRONG


def test_a_loop_counts_the_values_that_have_begun() -> None:
    player = play(flow_task("ForEach", "each", give("a"), values=["x", "y", "z"], concurrencyLimit=2), slow={"a"})
    draft = draft_of(player)
    recount(draft)
    assert draft.progress(player.run("each").id) == Progress(children=Children(created=2, live=2), cursor=2)


def test_a_pause_counts_the_tasks_of_its_phase() -> None:
    player = play(flow_task("Pause", "hold", give("after"), onPause=give("before")), slow={"after"})
    player.resume()
    draft = draft_of(player)
    recount(draft)
    assert draft.progress(player.run("hold").id) == Progress(children=Children(created=1, live=1), cursor=1)


def test_what_has_ended_is_left_alone_and_others_are_where_their_live_child_is() -> None:
    group = flow_task("Sequential", "group", give("a"), finally_=[give("bye")])
    player = play(flow_task("Sequential", "done", give("b")), group, slow={"bye"})
    draft = draft_of(player)
    recount(draft)
    assert draft.progress(player.run("done").id).children == WRONG.children
    assert draft.progress(player.run("group").id) == Progress(
        branch=Branch.FINALLY, children=Children(created=1, live=1)
    )
