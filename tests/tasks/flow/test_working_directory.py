"""WorkingDirectory: its worker runs the children in one folder, and the machine runs what follows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from gitops.errors import TaskFailed
from gitops.execution.events import AttemptLost, AttemptStarted, ChildBegun
from gitops.execution.state import State
from gitops.language.task import Task
from gitops.tasks.flow.working_directory import WorkingDirectory
from tests.execution.play import begin_child, execution_task, flow_task, folder, give, play, run_child
from tests.tasks.one_task import read_task
from tests.tasks.recording_context import RecordingContext

RETRY = {"type": "constant", "interval": "PT1S", "maxAttempts": 2}


def test_the_worker_begins_each_child() -> None:
    player = play(folder(), give("next", "{{ outputs.b.value }}"), slow={"folder"})
    assert player.states() == {"folder": "RUNNING"}
    run_child(player, "a")
    assert player.states() == {"folder": "RUNNING", "a": "SUCCESS"}
    assert player.open == []
    run_child(player, "b")
    assert player.states()["folder"] == "RUNNING"
    player.end("folder", outputs={"outputFiles": {"x": "kestra:///x"}})
    assert player.states() == {"folder": "SUCCESS", "a": "SUCCESS", "b": "SUCCESS", "next": "SUCCESS"}
    assert (player.outputs("folder"), player.outputs("next")) == ({"outputFiles": {"x": "kestra:///x"}}, {"value": "b"})


def test_a_failure_runs_the_endings_and_keeps_its_message() -> None:
    player = play(folder(errors=[give("sorry")], finally_=[give("bye")]), slow={"folder"})
    run_child(player, "a", failed=True)
    player.end("folder", failed="the task `a` has not succeeded")
    assert player.states() == {"folder": "FAILED", "a": "FAILED", "sorry": "SUCCESS", "bye": "SUCCESS"}
    assert player.run("folder").message == "the task `a` has not succeeded"
    assert player.begun == ["folder", "sorry", "bye"]


def test_a_warning_of_a_child_is_one_of_the_folder() -> None:
    player = play(folder(give("a", allowFailure=True), give("b")), slow={"folder"})
    run_child(player, "a", failed=True)
    run_child(player, "b")
    player.end("folder")
    assert (player.states()["folder"], player.state) == ("WARNING", "WARNING")


def test_children_see_the_value_of_the_folder() -> None:
    player = play(flow_task("ForEach", "each", folder(), values=["x", "y"]), slow={"folder"})
    begin_child(player, "folder[x]", "a")
    assert player.states()["a[x]"] == "CREATED"


def test_a_child_that_is_skipped_has_ended_at_once() -> None:
    player = play(folder(give("a", runIf="false")), slow={"folder"})
    begin_child(player, "folder", "a")
    assert player.states() == {"folder": "RUNNING", "a": "SKIPPED"}


def test_a_child_may_be_tried_again_while_the_worker_waits() -> None:
    player = play(folder(give("a", retry=RETRY)), slow={"folder", "a"})
    run_child(player, "a", failed=True)
    assert (player.states()["a"], player.state) == ("RETRYING", "RETRYING")
    player.wait()
    assert (len(player.run("a").attempts), player.open) == (2, [])
    player.give(AttemptStarted(player.run("a").id, 2))
    player.end("a")
    assert (player.states(), player.state) == ({"folder": "RUNNING", "a": "SUCCESS"}, "RUNNING")


def test_a_retry_of_the_folder_begins_with_an_empty_one() -> None:
    player = play(folder(retry=RETRY), slow={"folder"})
    run_child(player, "a", failed=True)
    assert player.states()["a"] == "RETRYING"


def test_a_lost_worker_means_that_all_begins_anew() -> None:
    player = play(folder(), slow={"folder"})
    run_child(player, "a")
    player.give(AttemptLost(player.run("folder").id, 1))
    assert player.states() == {"folder": "RUNNING"}
    assert len(player.run("folder").attempts) == 2
    run_child(player, "a")
    assert player.states() == {"folder": "RUNNING", "a": "SUCCESS"}


def test_old_news_of_a_lost_worker_begins_no_child() -> None:
    player = play(folder(), slow={"folder"})
    player.give(AttemptLost(player.run("folder").id, 1))
    assert not player.give_only(ChildBegun(player.run("folder").id, 1, "a")).changed
    assert player.states() == {"folder": "RUNNING"}


def test_a_kill_waits_for_the_worker() -> None:
    player = play(folder(), slow={"folder", "a"})
    begin_child(player, "folder", "a")
    player.give(AttemptStarted(player.run("a").id, 1))
    player.kill()
    assert player.states() == {"folder": "KILLING", "a": "KILLING"}
    player.end("a", failed="stopped")
    assert player.states() == {"folder": "KILLING", "a": "KILLED"}
    player.end("folder", failed="stopped")
    assert (player.states(), player.state) == ({"folder": "KILLED", "a": "KILLED"}, "KILLED")


def test_a_kill_while_its_errors_run_ends_them() -> None:
    player = play(folder(errors=[give("sorry")]), slow={"folder", "sorry"})
    player.end("folder", failed="no")
    player.kill()
    assert player.states() == {"folder": "KILLING", "sorry": "KILLING"}
    player.end("sorry", failed="stopped")
    assert (player.states()["folder"], player.state) == ("KILLED", "KILLED")


def test_an_exit_inside_lets_no_further_child_begin() -> None:
    player = play(folder(execution_task("Exit", "leave", state="WARNING"), give("b")), give("next"), slow={"folder"})
    begin_child(player, "folder", "leave")
    begin_child(player, "folder", "b")
    assert "b" not in player.states()
    if not player.run("folder").state.ended:
        player.end("folder", failed="the task `b` has not succeeded")
    assert (player.states(), player.state) == ({"folder": "WARNING", "leave": "WARNING"}, "WARNING")


def test_labels_inside_are_set() -> None:
    player = play(folder(execution_task("Labels", "mark", labels={"a": "b"})), slow={"folder"})
    begin_child(player, "folder", "mark")
    assert (player.states()["mark"], player.execution.labels) == ("SUCCESS", (("a", "b"),))


def test_a_restart_begins_with_an_empty_folder() -> None:
    player = play(folder(), give("next"), slow={"folder"})
    run_child(player, "a")
    run_child(player, "b", failed=True)
    player.end("folder", failed="no")
    player.restart()
    assert player.states() == {"folder": "RUNNING"}
    assert len(player.run("folder").attempts) == 2
    run_child(player, "a")
    run_child(player, "b")
    player.end("folder")
    assert player.state == "SUCCESS"


# The worker's part


@dataclass
class Played:
    """Children that end as they are told to; what the folder held when each began."""

    tasks: Sequence[Task]
    context: RecordingContext
    ends: dict[str, State] = field(default_factory=dict)
    ran: list[str] = field(default_factory=list)
    saw: list[list[str]] = field(default_factory=list)

    def run(self, task: Task) -> State:
        self.ran.append(task.id)
        self.saw.append(sorted(path.name for path in self.context.folder.iterdir()))
        (self.context.folder / f"{task.id}.txt").write_text(task.id)
        return self.ends.get(task.id, State.SUCCESS)


def hold(place: Path, ends: dict[str, State] | None = None, **more: object) -> tuple[Played, object]:
    task = read_task("io.kestra.plugin.core.flow.WorkingDirectory", tasks=[give("a"), give("b")], **more)
    assert isinstance(task, WorkingDirectory)
    context = RecordingContext(place)
    children = Played(task.tasks, context, ends or {})
    output = task.hold(context, children)
    return children, output.output_files


def test_children_share_the_folder_and_files_are_kept(tmp_path: Path) -> None:
    children, files = hold(tmp_path, inputFiles={"in.txt": "hello"}, outputFiles=["a.*", "**/in.txt"])
    assert children.saw == [["in.txt"], ["a.txt", "in.txt"]]
    assert files == {"a.txt": "kestra:///a.txt", "in.txt": "kestra:///in.txt"}


def test_no_files_are_no_output(tmp_path: Path) -> None:
    assert hold(tmp_path, outputFiles=["*.csv"])[1] is None


@pytest.mark.parametrize("end", [State.FAILED, State.KILLED, State.CANCELLED])
def test_it_stops_at_the_first_child_that_does_not_go_well(tmp_path: Path, end: State) -> None:
    with pytest.raises(TaskFailed, match="the task `a` has not succeeded"):
        hold(tmp_path, {"a": end})


@pytest.mark.parametrize("end", [State.WARNING, State.SKIPPED])
def test_it_goes_on_after_a_warning_and_what_was_skipped(tmp_path: Path, end: State) -> None:
    assert hold(tmp_path, {"a": end})[0].ran == ["a", "b"]
