"""Triggers and where they stand, as the API answers and takes them."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import ConfigDict, Field
from pydantic.alias_generators import to_camel

from gitops.language.trigger import Trigger
from gitops.server.shapes.shape import GivenShape, Instant, LabelShape, Shape, labels_of
from gitops.store.triggers import Backfill, TriggerKey, TriggerState


class BackfillShape(Shape):
    """A run through dates of the past."""

    start: Instant
    end: Instant
    current_date: Instant
    paused: bool
    inputs: dict[str, Any] | None = None
    labels: list[LabelShape] | None = None
    previous_next_execution_date: Instant | None = None


class TriggerStateShape(Shape):
    """Where a trigger stands. `executionId` is the execution that locks it; `disabledInSource` wins over everything."""

    namespace: str
    flow_id: str
    trigger_id: str
    type: str
    date: Instant | None = None
    next_execution_date: Instant | None = None
    backfill: BackfillShape | None = None
    stop_after: list[str] | None = None
    disabled: bool
    disabled_in_source: bool
    execution_id: str | None = None
    locked: bool
    last_execution_id: str | None = None


class TriggerWithStateShape(Shape):
    """A trigger as its flow declares it, and where it stands."""

    abstract_trigger: dict[str, Any] | None = None
    trigger_context: TriggerStateShape


class _Given(GivenShape):
    """What a request gives; what it holds beyond that is ignored."""

    model_config = ConfigDict(extra="ignore", alias_generator=to_camel, validate_by_name=True)


class GivenBackfill(_Given):
    """A backfill to create."""

    start: Instant
    end: Instant | None = None
    inputs: dict[str, Any] | None = None
    labels: list[LabelShape] | None = None
    paused: bool = False


class GivenTrigger(_Given):
    """A trigger that is meant, and what is wanted of it."""

    namespace: str
    flow_id: str
    trigger_id: Annotated[str, Field(description="The id of the trigger in its flow.")]
    disabled: bool | None = None
    backfill: GivenBackfill | None = None

    @property
    def key(self) -> TriggerKey:
        """What names the trigger."""
        return self.namespace, self.flow_id, self.trigger_id


class Switching(_Given):
    """Some triggers, and whether they shall be off."""

    triggers: list[GivenTrigger]
    disabled: bool


class Count(Shape):
    """How many triggers it was done to."""

    count: int


def trigger_state_shape(state: TriggerState, declared: Trigger | None = None) -> TriggerStateShape:
    """Where a trigger stands; `declared` tells when it stops."""
    return TriggerStateShape(
        namespace=state.namespace,
        flow_id=state.flow_id,
        trigger_id=state.trigger_id,
        type=state.type,
        date=state.last_at,
        next_execution_date=state.next_at if not state.off else None,
        backfill=_backfill_shape(state.backfill) if state.backfill else None,
        stop_after=list(declared.stop_after) or None if declared else None,
        disabled=state.off,
        disabled_in_source=state.disabled,
        execution_id=state.locked_by,
        locked=state.locked_by is not None,
        last_execution_id=state.last_execution_id,
    )


def trigger_with_state_shape(state: TriggerState, declared: Trigger | None) -> TriggerWithStateShape:
    """A trigger with its declaration, if it has still one."""
    source = declared.model_dump(mode="json", by_alias=True, exclude_unset=True) if declared else None
    return TriggerWithStateShape(abstract_trigger=source, trigger_context=trigger_state_shape(state, declared))


def _backfill_shape(backfill: Backfill) -> BackfillShape:
    return BackfillShape(
        start=backfill.start,
        end=backfill.end,
        current_date=backfill.current,
        paused=backfill.paused,
        inputs=dict(backfill.inputs) or None,
        labels=labels_of(tuple(backfill.labels)) or None,
        previous_next_execution_date=backfill.next_at,
    )
