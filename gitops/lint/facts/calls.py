"""Which flows a flow calls: its tasks that create executions of another flow, and what they give them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from gitops.language.position import Path
from gitops.lint.facts.fixed import fixed, fixed_name
from gitops.lint.facts.given import Given, given
from gitops.lint.lookup import value_at
from gitops.lint.members import Member, tasks

if TYPE_CHECKING:
    from gitops.lint.subject import Subject

_CORE = "io.kestra.plugin.core."
_SUBFLOW = f"{_CORE}flow.Subflow"
CALLING = (_SUBFLOW, f"{_CORE}flow.ForEachItem")

ALWAYS, SOMETIMES, NEVER = "always", "sometimes", "never"
"""Whether every execution of the flow makes a call."""

_STEADY = frozenset(f"{_CORE}flow.{name}" for name in ("Sequential", "Parallel", "Dag", "AllowFailure", "LoopUntil"))
"""Tasks that run all of their children, whatever happens."""
_ENDING = frozenset(
    f"{_CORE}{name}"
    for name in (
        "execution.Exit",
        "execution.Fail",
        "execution.Kill",
        "execution.Assert",
        "flow.Pause",
        "flow.Approval",
    )
)
"""Tasks that may end an execution before it comes to its calls."""
_CONDITIONS = ("runIf", "when")


class Call(NamedTuple):
    """A task that calls a flow. What an expression decides is None; `given` is None when it cannot be known.

    `outputs` are the names of what the task itself asks for, where the called flow has no outputs of its own.
    `pinned` says that an older revision may be called. `runs` is one of the three words above.
    """

    path: Path
    task: str | None
    namespace: str | None
    flow: str | None
    given: tuple[Given, ...] | None = ()
    outputs: tuple[str, ...] | None = ()
    waits: bool = True
    pinned: bool = False
    single: bool = True
    runs: str = SOMETIMES

    @property
    def flow_key(self) -> tuple[str, str] | None:
        """The namespace and id of the called flow; None when an expression decides them."""
        return (self.namespace, self.flow) if self.namespace and self.flow else None


def calls(subject: Subject) -> Iterator[Call]:
    """Every call, at any depth."""
    if subject.words.isdisjoint(CALLING):
        return
    for task in tasks(subject, *CALLING):
        yield _call(subject, task)


def _call(subject: Subject, task: Member) -> Call:
    data = task.data
    return Call(
        path=task.path,
        task=fixed(data.get("id")),
        namespace=fixed_name(subject, data.get("namespace")),
        flow=fixed_name(subject, data.get("flowId")),
        given=given(data.get("inputs")),
        outputs=_names(data.get("outputs")),
        waits=data.get("wait") is not False,
        pinned=data.get("revision") is not None,
        single=subject.kinds.today(str(data.get("type"))) == _SUBFLOW,
        runs=_runs(subject, task.path),
    )


def _names(value: object) -> tuple[str, ...] | None:
    """The keys of a mapping; None when they cannot be known."""
    if value is None:
        return ()
    return tuple(value) if isinstance(value, dict) and not any("{{" in name for name in value) else None


def _runs(subject: Subject, path: Path) -> str:
    """Whether every execution comes to a task."""
    ways = [_way(subject, path[:end], path[end:]) for end in range(len(path) + 1)]
    if NEVER in ways:
        return NEVER
    steady = path[0] == "tasks" and SOMETIMES not in ways and subject.words.isdisjoint(_ENDING)
    return ALWAYS if steady else SOMETIMES


def _way(subject: Subject, path: Path, rest: Path) -> str:
    """The same of what follows from one part of the flow on the way to the task."""
    part = value_at(subject.whole, path)
    if not isinstance(part, dict):
        return ALWAYS
    if part.get("disabled") is True:
        return NEVER
    return ALWAYS if not path or _is_steady(subject, part, rest) else SOMETIMES


def _is_steady(subject: Subject, part: Mapping[str, object], rest: Path) -> bool:
    if any(part.get(name) is not None for name in _CONDITIONS):
        return False
    kind = part.get("type")
    return not rest or kind is None or (subject.kinds.today(str(kind)) in _STEADY and rest[0] == "tasks")
