"""What has to change so that the deployed flows are the desired ones. Pure: two lists in, a plan out.

The same function answers "what will this commit change?" and "has anything drifted?".
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

FlowKey = tuple[str, str]
"""A flow's namespace and id."""


class Action(StrEnum):
    """What happens to one flow. A moved flow has its old source at another path: it gets no revision."""

    CREATE = "create"
    UPDATE = "update"
    MOVE = "move"
    DELETE = "delete"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True, kw_only=True)
class Desired:
    """A flow as a snapshot has it; `blob` is Git's id of the file, `digest` that of the source."""

    namespace: str
    flow_id: str
    path: str
    blob: str
    source: str
    digest: str

    @property
    def key(self) -> FlowKey:
        """The flow's namespace and id."""
        return self.namespace, self.flow_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployed:
    """A flow as the store holds it for this repository."""

    namespace: str
    flow_id: str
    revision: int
    path: str | None
    digest: str

    @property
    def key(self) -> FlowKey:
        """The flow's namespace and id."""
        return self.namespace, self.flow_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What happens to one flow. `revision` is the one it has afterwards, or had at last; None while nobody knows."""

    action: Action
    namespace: str
    flow_id: str
    path: str | None
    revision: int | None

    @property
    def key(self) -> FlowKey:
        """The flow's namespace and id."""
        return self.namespace, self.flow_id


@dataclass(frozen=True, slots=True)
class Plan:
    """Every flow of both sides once, by namespace and id."""

    flows: tuple[Change, ...]

    @property
    def changes(self) -> tuple[Change, ...]:
        """The flows that something happens to."""
        return tuple(change for change in self.flows if change.action is not Action.UNCHANGED)

    @property
    def creates(self) -> tuple[Change, ...]:
        """The flows that are new."""
        return self._with(Action.CREATE)

    @property
    def updates(self) -> tuple[Change, ...]:
        """The flows with another source."""
        return self._with(Action.UPDATE)

    @property
    def moves(self) -> tuple[Change, ...]:
        """The flows whose file has another path."""
        return self._with(Action.MOVE)

    @property
    def deletes(self) -> tuple[Change, ...]:
        """The flows that vanished from the snapshot."""
        return self._with(Action.DELETE)

    @property
    def unchanged(self) -> tuple[Change, ...]:
        """The flows that stay as they are."""
        return self._with(Action.UNCHANGED)

    @property
    def empty(self) -> bool:
        """Whether nothing has to change."""
        return not self.changes

    @property
    def deletes_everything(self) -> bool:
        """Whether several flows are deployed and none of them would be left: more often a slip than a wish."""
        return len(self.deletes) > 1 and len(self.deletes) == len(self.flows)

    def _with(self, action: Action) -> tuple[Change, ...]:
        return tuple(change for change in self.flows if change.action is action)


def plan(desired: Iterable[Desired], deployed: Iterable[Deployed]) -> Plan:
    """The way from the deployed flows to the desired ones; each side has a flow once at most."""
    wanted = {flow.key: flow for flow in desired}
    present = {flow.key: flow for flow in deployed}
    keys = sorted(wanted.keys() | present.keys())
    return Plan(tuple(_change(wanted.get(key), present.get(key)) for key in keys))


def _change(wanted: Desired | None, present: Deployed | None) -> Change:
    flow = wanted or present
    assert flow is not None  # noqa: S101 - a key comes from one side or the other
    return Change(
        action=_action(wanted, present),
        namespace=flow.namespace,
        flow_id=flow.flow_id,
        path=flow.path,
        revision=_revision(wanted, present),
    )


def _action(wanted: Desired | None, present: Deployed | None) -> Action:
    if present is None:
        return Action.CREATE
    if wanted is None:
        return Action.DELETE
    if wanted.digest != present.digest:
        return Action.UPDATE
    return Action.UNCHANGED if wanted.path == present.path else Action.MOVE


def _revision(wanted: Desired | None, present: Deployed | None) -> int | None:
    if present is None:
        return None
    changed = wanted is not None and wanted.digest != present.digest
    return present.revision + 1 if changed else present.revision
