"""The sentences: what people read next to a commit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gitops.execution.state import State
from gitops.language.position import START
from gitops.lint.finding import Finding, Severity
from gitops.lint.report import Report
from gitops.providers.provider import CommitStatus, StatusState
from gitops.sync.plan import Action, Change, Plan
from gitops.sync.report import (
    describe_absence,
    describe_deployment,
    describe_execution,
    describe_failure,
    describe_lint,
    describe_refusal,
    describe_supersession,
    execution_state,
    fit,
    shorten,
)

_SHA = "abc1234" + "0" * 33
_CLEAN = Report((), 12)


def _finding(file: str, severity: Severity = Severity.ERROR) -> Finding:
    return Finding("some-rule", severity, "something is wrong", file, START)


def _plan(*actions: Action) -> Plan:
    changes = (
        Change(action=action, namespace="team", flow_id=str(number), path=None, revision=None)
        for number, action in enumerate(actions)
    )
    return Plan(tuple(changes))


def test_a_deployment_counts_what_was_done() -> None:
    create, update, move, delete, same = Action

    assert describe_deployment(_plan(create, same, create, update, delete, move), _CLEAN) == (
        "2 created, 1 updated, 1 moved, 1 deleted"
    )
    assert describe_deployment(_plan(same), _CLEAN) == "no change"
    assert describe_deployment(_plan(), _CLEAN) == "no change"


def test_a_deployment_tells_of_warnings_and_of_a_rewritten_history() -> None:
    warned = Report((_finding("a.yml", Severity.WARNING), _finding("a.yml", Severity.WARNING)), 12)

    assert describe_deployment(_plan(Action.CREATE), warned, rewritten=True) == (
        "1 created; 2 warnings; history was rewritten"
    )


def test_a_refusal_counts_errors_and_the_files_that_have_them() -> None:
    findings = [_finding("a.yml"), _finding("a.yml"), _finding("b.yml", Severity.WARNING)]

    assert describe_refusal(findings) == "2 errors in 1 file"
    assert describe_refusal([_finding("a.yml")]) == "1 error in 1 file"
    assert describe_refusal([_finding("a.yml"), _finding("b.yml")]) == "2 errors in 2 files"


def test_a_lint_tells_what_was_found_in_how_many_files() -> None:
    info, warning = _finding("a.yml", Severity.INFO), _finding("a.yml", Severity.WARNING)

    assert describe_lint(_CLEAN) == "linted: no findings in 12 files"
    assert describe_lint(Report((info, warning, info), 1)) == "linted: 1 warning, 2 info in 1 file"


def test_a_superseded_commit_names_what_took_its_place() -> None:
    assert describe_supersession("main", _SHA) == "superseded by abc1234"
    assert describe_supersession("topic", None) == "superseded: there is no branch topic any more"


def test_a_failure_of_ours_is_called_so() -> None:
    assert describe_failure("the disk is full") == "gitops failed: the disk is full"


def test_an_absent_branch_is_told_with_what_stays_and_what_to_do() -> None:
    assert describe_absence("main", ["next", "master"], _SHA) == (
        "expected the branch `main`, found `master`, `next`; the flows deployed from abc1234 stay; "
        "push it, or set `branch` in the settings"
    )
    assert describe_absence("main", [], None) == (
        "expected the branch `main`, found no branch at all; push it, or set `branch` in the settings"
    )


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0.04, "0.0 s"),
        (1.234, "1.2 s"),
        (59.9, "59.9 s"),
        (60.2, "1 min 0 s"),
        (125.0, "2 min 5 s"),
        (3600.0, "1 h 0 min"),
        (7325.0, "2 h 2 min"),
    ],
)
def test_an_execution_tells_its_state_and_how_long_it_took(seconds: float, text: str) -> None:
    assert describe_execution("my_flow", State.SUCCESS, seconds) == f"my_flow SUCCESS in {text}"


def test_a_running_execution_tells_its_state_only() -> None:
    assert describe_execution("my_flow", State.RUNNING) == "my_flow RUNNING"


def test_the_state_of_an_execution_is_that_of_its_status() -> None:
    expected = {
        State.SUCCESS: StatusState.SUCCESS,
        State.WARNING: StatusState.SUCCESS,
        State.FAILED: StatusState.FAILURE,
        State.KILLED: StatusState.ERROR,
        State.CANCELLED: StatusState.ERROR,
        State.SKIPPED: StatusState.ERROR,
        State.RUNNING: StatusState.PENDING,
        State.PAUSED: StatusState.PENDING,
    }

    assert {state: execution_state(state) for state in expected} == expected


def test_a_status_is_cut_to_what_its_host_takes() -> None:
    status = CommitStatus("gitops", StatusState.SUCCESS, "one two three", "https://host")

    assert fit(status, 9) == CommitStatus("gitops", StatusState.SUCCESS, "one two…", "https://host")
    assert fit(status, 13) == status


@given(st.text(), st.integers(1, 200))
def test_a_shortened_sentence_is_one_line_that_fits(sentence: str, limit: int) -> None:
    short = shorten(sentence, limit)

    assert len(short) <= limit
    assert "\n" not in short
    assert shorten(short, limit) == short
