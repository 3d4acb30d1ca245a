"""What can be said against a commit that no rule of the linter can know, as findings."""

from __future__ import annotations

from gitops.git.snapshot import Skipped
from gitops.language.position import START, Span
from gitops.language.unavailable import Unavailable
from gitops.lint.finding import Finding, Severity
from gitops.sync.plan import Desired, Plan

FLOW_SUFFIXES = (".yml", ".yaml")


def unreadable(skipped: Skipped) -> Finding:
    """A path that is not read. Under the name of a flow file that is an error: the flow would seem to be gone."""
    severity = Severity.ERROR if skipped.path.endswith(FLOW_SUFFIXES) else Severity.INFO
    reason, _, advice = skipped.reason.partition("; ")
    return Finding("unreadable-file", severity, f"this is not read: {reason}", skipped.path, START, help=advice or None)


def too_large(path: str, *, reason: str) -> Finding:
    """A file that is larger than flows may be."""
    return Finding(
        "yaml-limits", Severity.ERROR, reason, path, START, help="move scripts and data out of the flow's source"
    )


def model_disagrees(flow: Desired, refusal: str) -> Finding:
    """A flow that passed the linter and that the engine could not run: a mistake of ours, told before it harms."""
    return Finding(
        "model-disagrees",
        Severity.ERROR,
        "the linter accepts this flow, the engine does not",
        flow.path,
        START,
        expected="a flow that the engine can run",
        found=refusal,
        help="this is a mistake in gitops: report it with the source of the flow",
    )


def not_available(flow: Desired, missing: Unavailable, span: Span) -> Finding:
    """A part of a flow that this version would leave undone."""
    return Finding(
        "not-available",
        Severity.ERROR,
        f"this version of gitops does not act on {missing.words}",
        flow.path,
        span,
        expected="a flow that can be run as it is written",
        help="remove it, or keep the flow out of the deployed branch until a version acts on it",
    )


def not_suppressible(finding: Finding) -> Finding:
    """An error that the repository has let be, though the engine cannot run the flow."""
    advice = "whatever is suppressed or configured, the engine cannot run this flow"
    return finding._replace(help=f"{finding.help}; {advice}" if finding.help else advice)


def twice(flow: Desired, first: Desired) -> Finding:
    """A flow that an earlier file holds too, where the linter was told to let that be."""
    return Finding(
        "duplicate-flow",
        Severity.ERROR,
        f"flow `{flow.flow_id}` of namespace `{flow.namespace}` is already in another file",
        flow.path,
        START,
        found=f"the same flow in `{first.path}`",
        help="delete one of the two files, or give this flow an id of its own: only one of them can be deployed",
    )


def owned_elsewhere(flow: Desired, owner: str | None) -> Finding:
    """A flow that another repository has deployed."""
    found = f"it is deployed from the repository `{owner}`" if owner else "it is deployed without a repository"
    return Finding(
        "flow-owned-elsewhere",
        Severity.ERROR,
        f"flow `{flow.flow_id}` of namespace `{flow.namespace}` belongs to another owner",
        flow.path,
        START,
        expected="a flow that this repository owns, or that is not deployed",
        found=found,
        help="give this flow another id, or delete it there first",
    )


def deletes_everything(plan: Plan, root: str) -> Finding:
    """A commit without any flow, where several are deployed: more often a slip than a wish."""
    return Finding(
        "deletes-everything",
        Severity.ERROR,
        f"this commit would delete all {len(plan.deletes)} deployed flows",
        root or ".",
        START,
        expected="at least one flow",
        found=f"none below `{root}`" if root else "none",
        help="check `root` in the settings and the last commits; to delete all flows on purpose, "
        "first push a commit that leaves one, then delete that one",
    )
