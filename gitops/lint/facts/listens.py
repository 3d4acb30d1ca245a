"""Which executions the Flow triggers of a flow wait for, in each of the ways in which that is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from gitops.language.outline import items
from gitops.language.position import Path
from gitops.lint.facts.fixed import fixed, fixed_name
from gitops.lint.members import Member, triggers

if TYPE_CHECKING:
    from gitops.lint.subject import Subject

_FLOW = "io.kestra.plugin.core.trigger.Flow"
_CONDITION = "io.kestra.plugin.core.condition."
_SUCCESS = "SUCCESS"

EQUALS, PREFIX, SUFFIX = "EQUALS", "PREFIX", "SUFFIX"
"""How the namespace of an execution is compared."""


class Listen(NamedTuple):
    """Executions that a trigger waits for: of a flow, of a namespace, or, with neither, of any.

    `needed` says that the trigger never fires without one of them, `enough` that each that succeeds makes it fire.
    The paths lead to where the names are written.
    """

    trigger: str | None
    namespace: str | None
    flow: str | None
    namespace_path: Path
    flow_path: Path
    comparison: str = EQUALS
    needed: bool = False
    enough: bool = False

    @property
    def flow_key(self) -> tuple[str, str] | None:
        """The namespace and id of the flow, when it is one."""
        return (self.namespace, self.flow) if self.namespace and self.flow else None

    def hears(self, namespace: str, flow: str) -> bool:
        """Whether an execution of this flow is one of those."""
        if self.flow not in (None, flow):
            return False
        wanted = self.namespace
        if wanted is None or self.comparison == EQUALS:
            return wanted in (None, namespace)
        return namespace.startswith(wanted) if self.comparison == PREFIX else namespace.endswith(wanted)


class _Wish(NamedTuple):
    """One of several things that must come together, or the only one."""

    namespace_path: Path
    flow_path: Path
    namespace: object = None
    flow: object = None
    comparison: str = EQUALS
    needed: bool = True
    plain: bool = True

    @classmethod
    def of(cls, path: Path, part: Mapping[str, object], *, needed: bool, plain: bool = True) -> _Wish:
        """The namespace and the flow that a part of the trigger names by properties of these names."""
        paths = (*path, "namespace"), (*path, "flowId")
        return cls(*paths, part.get("namespace"), part.get("flowId"), needed=needed, plain=plain)


def listens(subject: Subject) -> Iterator[Listen]:
    """What every Flow trigger that is not disabled waits for."""
    for trigger in triggers(subject, _FLOW) if "triggers" in subject.words else ():
        if trigger.data.get("disabled") is not True:
            yield from _of_trigger(subject, trigger)


def _of_trigger(subject: Subject, trigger: Member) -> Iterator[Listen]:
    groups = [[*_conditions(subject, trigger)], [*_preconditions(trigger)], [*_dependencies(trigger)]]
    wishes = [wish for group in groups for wish in group]
    alone = _looks_at_success(subject, trigger) and sum(map(bool, groups)) == 1
    several = len(wishes) > 1 and trigger.data.get("mode") != "ANY"
    for wish in wishes:
        namespace, flow = fixed_name(subject, wish.namespace), fixed_name(subject, wish.flow)
        decided = (wish.namespace is None or namespace) and (wish.flow is None or flow)
        if decided and (namespace or flow):
            enough = alone and wish.plain and not several
            name, places = fixed(trigger.data.get("id")), (wish.namespace_path, wish.flow_path)
            yield Listen(name, namespace, flow, *places, wish.comparison, wish.needed, enough)


def _looks_at_success(subject: Subject, trigger: Member) -> bool:
    """Whether an execution that succeeds is looked at, and nothing but names and states decides."""
    states = trigger.data.get("states")
    if trigger.data.get("when") is not None or (isinstance(states, list) and _SUCCESS not in states):
        return False
    found = trigger.data.get("conditions")
    return all(_is_plain(subject, condition) for condition in found) if isinstance(found, list) else found is None


def _is_plain(subject: Subject, condition: object) -> bool:
    if not isinstance(condition, dict):
        return False
    kind = _kind(subject, condition)
    if kind != "ExecutionStatus":
        return kind in ("ExecutionFlow", "ExecutionNamespace")
    wanted, unwanted = condition.get("in"), condition.get("notIn")
    return (wanted is None or _SUCCESS in _listed(wanted)) and _SUCCESS not in _listed(unwanted)


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _conditions(subject: Subject, trigger: Member) -> Iterator[_Wish]:
    """What the trigger's `conditions` name."""
    for path, condition in items(trigger.data, "conditions", trigger.path):
        yield from _condition(subject, path, condition, needed=True)


def _condition(subject: Subject, path: Path, condition: dict[str, object], *, needed: bool) -> Iterator[_Wish]:
    kind = _kind(subject, condition)
    if kind == "ExecutionFlow":
        yield _Wish.of(path, condition, needed=needed)
    elif kind == "ExecutionNamespace":
        yield _Wish.of(path, condition, needed=needed)._replace(flow=None, comparison=_comparison(condition))
    elif kind == "MultipleCondition":
        for place, inner in _named(condition, path):
            yield from _condition(subject, place, inner, needed=needed)
    elif kind == "Or":
        # One of them is enough, so none of them is needed; what is in a `Not` is not waited for.
        for place, inner in items(condition, "conditions", path):
            yield from _condition(subject, place, inner, needed=False)


def _kind(subject: Subject, condition: Mapping[str, object]) -> str:
    return subject.kinds.today(str(condition.get("type"))).removeprefix(_CONDITION)


def _comparison(condition: Mapping[str, object]) -> str:
    found = condition.get("comparison")
    return str(found) if found in (EQUALS, PREFIX, SUFFIX) else PREFIX if condition.get("prefix") is True else EQUALS


def _named(condition: Mapping[str, object], path: Path) -> Iterator[tuple[Path, dict[str, object]]]:
    """The conditions of a MultipleCondition."""
    found = condition.get("conditions")
    for name, inner in found.items() if isinstance(found, dict) else ():
        if isinstance(inner, dict):
            yield (*path, "conditions", name), inner


def _preconditions(trigger: Member) -> Iterator[_Wish]:
    """What the trigger's `preconditions` name: flows, and filters over executions."""
    found, path = trigger.data.get("preconditions"), (*trigger.path, "preconditions")
    if not isinstance(found, dict):
        return
    for place, flow in items(found, "flows", path):
        yield _of_entry(place, flow, needed=True)
    for place, entry in items(found, "where", path):
        yield _of_filters(place, entry)


def _dependencies(trigger: Member) -> Iterator[_Wish]:
    """What the trigger's `dependsOn` names."""
    needed = trigger.data.get("mode", "ALL") == "ALL"
    for place, entry in items(trigger.data, "dependsOn", trigger.path):
        yield _of_entry(place, entry, needed=needed)


def _of_entry(path: Path, entry: Mapping[str, object], *, needed: bool) -> _Wish:
    states = entry.get("states")
    plain = (not states or _SUCCESS in _listed(states)) and not entry.get("labels") and entry.get("when") is None
    return _Wish.of(path, entry, needed=needed, plain=plain)


def _of_filters(path: Path, entry: Mapping[str, object]) -> _Wish:
    """The namespace and the flow that all the filters of an entry together ask for."""
    filters = list(items(dict(entry), "filters", path))
    exact = {str(each.get("field")): (place, each.get("value")) for place, each in filters if _is_equality(each)}
    if entry.get("operand", "AND") != "AND" and len(filters) > 1:
        return _Wish(path, path, plain=False)
    plain = len(filters) == len(exact) and exact.keys() <= {"NAMESPACE", "FLOW_ID"}
    (namespace_path, namespace), (flow_path, flow) = (
        exact.get(name, (path, None)) for name in ("NAMESPACE", "FLOW_ID")
    )
    return _Wish((*namespace_path, "value"), (*flow_path, "value"), namespace, flow, plain=plain)


def _is_equality(each: Mapping[str, object]) -> bool:
    return each.get("type") == "EQUAL_TO"
