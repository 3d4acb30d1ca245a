"""What is said about a commit or an execution, in one sentence each. Pure: nothing here reads, posts or stores.

The sentences are commit statuses' descriptions, so each of them makes sense alone, in a list on a Git host.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from gitops.execution.state import State
from gitops.lint.finding import Finding, Severity
from gitops.lint.report import Report
from gitops.providers.provider import CommitStatus, StatusState
from gitops.sync.plan import Action, Plan

REWRITTEN = "history was rewritten"
PENDING = "linting"

_SHORT = 7
_MINUTE, _HOUR = 60, 3600
_DONE = {
    Action.CREATE: "created",
    Action.UPDATE: "updated",
    Action.MOVE: "moved",
    Action.DELETE: "deleted",
}
_STATES = {
    State.SUCCESS: StatusState.SUCCESS,
    State.WARNING: StatusState.SUCCESS,
    State.FAILED: StatusState.FAILURE,
}


def short(sha: str) -> str:
    """A commit's id as people write it."""
    return sha[:_SHORT]


def describe_deployment(plan: Plan, report: Report, *, rewritten: bool = False) -> str:
    """`3 created, 1 updated`, or `no change`; then what else people should know."""
    counted = Counter(change.action for change in plan.changes)
    done = ", ".join(f"{counted[action]} {word}" for action, word in _DONE.items() if counted[action])
    remarks = [_severities(report.findings), REWRITTEN if rewritten else ""]
    return "; ".join([done or "no change", *filter(None, remarks)])


def describe_refusal(findings: Iterable[Finding]) -> str:
    """`2 errors in 1 file`; without errors the findings that were not to be, as `1 warning in 1 file`."""
    every = list(findings)
    told = [finding for finding in every if finding.severity is Severity.ERROR] or every
    return f"{_severities(told)} in {_count(len({finding.file for finding in told}), 'file')}"


def describe_lint(report: Report) -> str:
    """`linted: no findings in 12 files`."""
    return f"linted: {_severities(report.findings) or 'no findings'} in {_count(report.files, 'file')}"


def describe_supersession(branch: str, head: str | None) -> str:
    """Why nobody needs this commit's result any more; `head` is None when its branch is gone."""
    return f"superseded by {short(head)}" if head else f"superseded: there is no branch {branch} any more"


def describe_failure(reason: str) -> str:
    """That the commit is not to blame."""
    return f"gitops failed: {reason}"


def describe_absence(branch: str, others: Iterable[str], deployed: str | None) -> str:
    """That the repository lacks the branch that is to be deployed, what that means, and what to do."""
    found = ", ".join(f"`{other}`" for other in sorted(others)) or "no branch at all"
    stays = f"; the flows deployed from {short(deployed)} stay" if deployed else ""
    return f"expected the branch `{branch}`, found {found}{stays}; push it, or set `branch` in the settings"


def describe_execution(flow_id: str, state: State, seconds: float | None = None) -> str:
    """`my_flow SUCCESS in 1.2 s`; without a duration `my_flow RUNNING`."""
    return f"{flow_id} {state}" if seconds is None else f"{flow_id} {state} in {_duration(seconds)}"


def execution_state(state: State) -> StatusState:
    """The state of the commit status for an execution in `state`."""
    return _STATES.get(state, StatusState.ERROR if state.ended else StatusState.PENDING)


def fit(status: CommitStatus, limit: int) -> CommitStatus:
    """The commit status with a description of at most `limit` characters."""
    return replace(status, description=shorten(status.description, limit))


def shorten(sentence: str, limit: int) -> str:
    """The sentence in one line of at most `limit` characters; `…` stands for what was cut off."""
    line = " ".join(sentence.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def _severities(findings: Iterable[Finding]) -> str:
    counted = Counter(finding.severity for finding in findings)
    return ", ".join(_count(counted[severity], severity.value) for severity in Severity if counted[severity])


def _count(number: int, noun: str) -> str:
    plural = noun if number == 1 or noun == Severity.INFO else f"{noun}s"
    return f"{number} {plural}"


def _duration(seconds: float) -> str:
    if seconds < _MINUTE:
        return f"{seconds:.1f} s"
    whole = round(seconds)
    if whole < _HOUR:
        return f"{whole // _MINUTE} min {whole % _MINUTE} s"
    return f"{whole // _HOUR} h {whole % _HOUR // _MINUTE} min"
