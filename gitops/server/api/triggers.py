"""Triggers: find them, see where they stand, switch them off and on, unlock them, run them through the past."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from gitops.app import App
from gitops.engine.triggers.operations import TriggerOperations
from gitops.errors import Conflict, InvalidUsage, NotFound
from gitops.server.api.parts import AppPart, PageNumber, PageSize, SparseRoute, in_zone
from gitops.server.api.searches import STRICT
from gitops.server.problems import Refusal, SomeRefused
from gitops.server.shapes.shape import PageOf
from gitops.server.shapes.trigger import (
    Count,
    GivenBackfill,
    GivenTrigger,
    Switching,
    TriggerStateShape,
    TriggerWithStateShape,
    trigger_state_shape,
    trigger_with_state_shape,
)
from gitops.store.triggers import TriggerKey, TriggerState

router = APIRouter(prefix="/triggers", tags=["triggers"], route_class=SparseRoute)

_ALL = 100_000
Act = Callable[[TriggerOperations, TriggerKey], object]
Fits = Callable[[TriggerState], bool]


def _found(
    app: AppPart,
    q: Annotated[str | None, Query(description="A part of the name of the flow or of the trigger.")] = None,
    namespace: Annotated[str | None, Query(description="A namespace; those below it count too.")] = None,
    flow_id: Annotated[str | None, Query(alias="flowId")] = None,
) -> list[TriggerState]:
    """The triggers that a query finds."""
    with app.store.database.read() as connection:
        page = app.store.triggers.search(connection, namespace=namespace, flow_id=flow_id, query=q, size=_ALL)
    return page.results


FoundPart = Annotated[list[TriggerState], Depends(_found)]


@router.get("/search")
def search_triggers(
    app: AppPart,
    page: PageNumber = 1,
    size: PageSize = 25,
    q: Annotated[str | None, Query(description="A part of the name of the flow or of the trigger.")] = None,
    namespace: Annotated[str | None, Query(description="A namespace; those below it count too.")] = None,
    flow_id: Annotated[str | None, Query(alias="flowId")] = None,
) -> PageOf[TriggerWithStateShape]:
    """Triggers of live flows by name, each as it is declared and where it stands."""
    with app.store.database.read() as connection:
        found = app.store.triggers.search(
            connection, namespace=namespace, flow_id=flow_id, query=q, page=page, size=size
        )
        declared = [app.engine.triggers.declared(connection, state.key) for state in found.results]
    results = [trigger_with_state_shape(*each) for each in zip(found.results, declared, strict=True)]
    return PageOf(results=results, total=found.total)


@router.put("")
def update_trigger(app: AppPart, given: GivenTrigger) -> TriggerStateShape:
    """Switch a trigger off or on with `disabled`, and start a backfill with `backfill`."""
    operations = app.engine.triggers.operations
    if given.disabled is not None:
        operations.switch(given.key, on=not given.disabled)
    if given.backfill is not None:
        _create_backfill(operations, given.key, given.backfill)
    return _shown(app, given.key)


@router.put("/set-disabled")
@router.post("/set-disabled/by-triggers")
def switch_triggers(app: AppPart, given: Switching) -> Count:
    """Switch some triggers off or on."""
    return _each(app, given.triggers, lambda operations, key: operations.switch(key, on=not given.disabled))


@router.post("/set-disabled/by-query", dependencies=[STRICT])
def switch_found_triggers(app: AppPart, found: FoundPart, *, disabled: bool) -> Count:
    """Switch off or on all triggers that a query finds; those that their source disables stay so."""
    return _each_found(
        app,
        found,
        lambda state: not state.disabled,
        lambda operations, key: operations.switch(key, on=not disabled),
    )


@router.post("/unlock/by-triggers")
def unlock_triggers(app: AppPart, given: list[GivenTrigger]) -> Count:
    """Unlock some triggers."""
    return _each(app, given, TriggerOperations.unlock)


@router.post("/unlock/by-query", dependencies=[STRICT])
def unlock_found_triggers(app: AppPart, found: FoundPart) -> Count:
    """Unlock the locked ones of all triggers that a query finds."""
    return _each_found(app, found, lambda state: state.locked_by is not None, TriggerOperations.unlock)


@router.put("/backfill/create")
def create_backfill(app: AppPart, given: GivenTrigger) -> TriggerStateShape:
    """Run a trigger through its dates from `backfill.start` to `backfill.end`."""
    if given.backfill is None:
        raise InvalidUsage("expected `backfill` with a `start`, found none")
    _create_backfill(app.engine.triggers.operations, given.key, given.backfill)
    return _shown(app, given.key)


def _pause(operations: TriggerOperations, key: TriggerKey) -> object:
    return operations.pause_backfill(key, paused=True)


def _unpause(operations: TriggerOperations, key: TriggerKey) -> object:
    return operations.pause_backfill(key, paused=False)


_BACKFILL_VERBS: tuple[tuple[str, str, Act, str], ...] = (
    ("pause", "PUT", _pause, "Hold a backfill."),
    ("unpause", "PUT", _unpause, "Let a backfill go on."),
    ("delete", "POST", TriggerOperations.delete_backfill, "End a backfill."),
)


def _add_backfill_verb(verb: str, method: str, act: Act, summary: str) -> None:
    """The same three addresses for each of the verbs: one trigger, some, all that a query finds."""

    def one(app: AppPart, given: GivenTrigger) -> TriggerStateShape:
        act(app.engine.triggers.operations, given.key)
        return _shown(app, given.key)

    def some(app: AppPart, given: list[GivenTrigger]) -> Count:
        return _each(app, given, act)

    def every(app: AppPart, found: FoundPart) -> Count:
        return _each_found(app, found, lambda state: state.backfill is not None, act)

    path = f"/backfill/{verb}"
    router.add_api_route(path, one, methods=[method], summary=summary)
    router.add_api_route(f"{path}/by-triggers", some, methods=["POST"], summary=f"{summary} Of some triggers.")
    router.add_api_route(
        f"{path}/by-query", every, methods=["POST"], summary=f"{summary} Of what a query finds.", dependencies=[STRICT]
    )


for _verb in _BACKFILL_VERBS:
    _add_backfill_verb(*_verb)


@router.delete("/delete/by-triggers")
def delete_triggers(app: AppPart, given: list[GivenTrigger]) -> Count:
    """Forget where some triggers stand; they begin anew."""
    return _each(app, given, TriggerOperations.delete)


@router.delete("/delete/by-query", dependencies=[STRICT])
def delete_found_triggers(app: AppPart, found: FoundPart) -> Count:
    """Forget where all triggers stand that a query finds."""
    return _each_found(app, found, lambda _state: True, TriggerOperations.delete)


@router.get("/{namespace}/{flow_id}")
def triggers_of_flow(
    app: AppPart,
    namespace: str,
    flow_id: str,
    page: PageNumber = 1,
    size: PageSize = 25,
    q: Annotated[str, Query(description="A part of the name of the trigger.")] = "",
) -> PageOf[TriggerStateShape]:
    """Where the triggers of one flow stand, by name."""
    with app.store.database.read() as connection:
        states = app.store.triggers.list(connection, namespace, flow_id)
        own = [state for state in states if q.lower() in state.trigger_id.lower()]
        shown = own[(page - 1) * size : page * size]
        declared = [app.engine.triggers.declared(connection, state.key) for state in shown]
    results = [trigger_state_shape(*each) for each in zip(shown, declared, strict=True)]
    return PageOf(results=results, total=len(own))


@router.post("/{namespace}/{flow_id}/{trigger_id}/unlock")
def unlock_trigger(app: AppPart, namespace: str, flow_id: str, trigger_id: str) -> TriggerStateShape:
    """Let a trigger fire although its last execution still runs."""
    key = (namespace, flow_id, trigger_id)
    app.engine.triggers.operations.unlock(key)
    return _shown(app, key)


@router.post("/{namespace}/{flow_id}/{trigger_id}/restart")
def restart_trigger(app: AppPart, namespace: str, flow_id: str, trigger_id: str) -> TriggerStateShape:
    """Evaluate a trigger anew, now."""
    key = (namespace, flow_id, trigger_id)
    app.engine.triggers.operations.restart(key)
    return _shown(app, key)


@router.delete("/{namespace}/{flow_id}/{trigger_id}", status_code=204, response_class=Response)
def delete_trigger(app: AppPart, namespace: str, flow_id: str, trigger_id: str) -> None:
    """Forget where a trigger stands; one that is still declared begins anew."""
    app.engine.triggers.operations.delete((namespace, flow_id, trigger_id))


def _create_backfill(operations: TriggerOperations, key: TriggerKey, given: GivenBackfill) -> None:
    operations.create_backfill(
        key,
        start=in_zone(given.start) or given.start,
        end=in_zone(given.end),
        inputs=given.inputs,
        labels=[(label.key, label.value) for label in given.labels or ()],
        paused=given.paused,
    )


def _shown(app: App, key: TriggerKey) -> TriggerStateShape:
    with app.store.database.read() as connection:
        state, declared = app.store.triggers.get(connection, *key), app.engine.triggers.declared(connection, key)
    assert state is not None  # noqa: S101 - it was changed just now
    return trigger_state_shape(state, declared)


def _each(app: App, given: Iterable[GivenTrigger], act: Act) -> Count:
    return _act_on(app, [each.key for each in given], act)


def _each_found(app: App, found: Iterable[TriggerState], fits: Fits, act: Act) -> Count:
    return _act_on(app, [state.key for state in found if fits(state)], act)


def _act_on(app: App, keys: Sequence[TriggerKey], act: Act) -> Count:
    """Act on each; raises SomeRefused after the last one for those that did not allow it."""
    refused = [refusal for key in keys if (refusal := _try(app, key, act)) is not None]
    if refused:
        raise SomeRefused(refused, asked=len(keys), done=len(keys) - len(refused), things="triggers")
    return Count(count=len(keys))


def _try(app: App, key: TriggerKey, act: Act) -> Refusal | None:
    try:
        act(app.engine.triggers.operations, key)
    except (NotFound, Conflict, InvalidUsage) as error:
        return Refusal(".".join(key), str(error))
    return None
