"""What operators do to many executions at once: those of a list of ids, or all that a search finds.

Either every one of them allows it, or nothing is done and each that does not is named.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Query

from gitops.app import App
from gitops.errors import Conflict, InvalidInputs, InvalidUsage, NotFound
from gitops.execution.state import State
from gitops.server.api.execution_actions import labels_given
from gitops.server.api.parts import AppPart, SparseRoute, read_head
from gitops.server.api.searches import EXECUTION_SEARCH, STRICT, ExecutionsPart
from gitops.server.problems import Refusal, SomeRefused
from gitops.server.shapes.shape import GivenShape, LabelShape, Shape
from gitops.server.verbs import Verb, why_not
from gitops.store.executions import ExecutionFilter

router = APIRouter(prefix="/executions", tags=["executions"], route_class=SparseRoute)

Act = Callable[[App, str], object]
"""Does something to the execution of that id."""

AnyRevision = Annotated[int | None, Query(ge=1, description="Another revision of the flows to go on with.")]
LatestRevision = Annotated[bool, Query(alias="latestRevision", description="On the newest revision of each flow.")]

_KILL_SECONDS = 30.0
_BY_QUERY: dict[str, Any] = {"dependencies": [STRICT], "openapi_extra": EXECUTION_SEARCH}


class Done(Shape):
    """To how many executions it was done."""

    count: int


class InputsFor(GivenShape):
    """The inputs with which some executions run again."""

    executions_id: list[str]
    inputs: dict[str, Any]


class LabelsFor(GivenShape):
    """Labels to add to some executions."""

    executions_id: list[str]
    execution_labels: list[LabelShape]


def _pause() -> Act:
    return lambda app, execution_id: app.engine.operations.pause(execution_id)


def _resume() -> Act:
    return lambda app, execution_id: app.engine.operations.resume(execution_id)


def _kill(cascade: Annotated[bool, Query(alias="isOnKillCascade")] = False) -> Act:
    return lambda app, execution_id: app.engine.operations.kill(execution_id, cascade=cascade)


def _restart(revision: AnyRevision = None, latest: LatestRevision = False) -> Act:
    chosen = _chosen(revision, latest=latest)
    return lambda app, execution_id: app.engine.operations.restart(execution_id, revision=chosen(app, execution_id))


def _replay(revision: AnyRevision = None, latest: LatestRevision = False) -> Act:
    chosen = _chosen(revision, latest=latest)
    return lambda app, execution_id: app.engine.operations.replay(execution_id, revision=chosen(app, execution_id))


def _replay_with(inputs: Mapping[str, object], revision: int | None, *, latest: bool) -> Act:
    chosen = _chosen(revision, latest=latest)

    def replay(app: App, execution_id: str) -> object:
        return app.engine.operations.replay(execution_id, revision=chosen(app, execution_id), inputs=inputs)

    return replay


def _chosen(revision: int | None, *, latest: bool) -> Callable[[App, str], int | None]:
    """The revision that is meant for an execution; raises InvalidUsage when two of them are."""
    if latest and revision is not None:
        raise InvalidUsage("expected `revision` or `latestRevision`, found both; take one of them away")
    return lambda app, execution_id: _newest_revision(app, execution_id) if latest else revision


def _change_state(state: Annotated[State, Query(alias="newStatus", description="An ended state.")]) -> Act:
    return lambda app, execution_id: app.engine.operations.change_state(execution_id, state)


def _force_run() -> Act:
    return lambda app, execution_id: app.engine.operations.force_run(execution_id)


def _unqueue(
    state: Annotated[State, Query(alias="newState", description="RUNNING, CANCELLED or FAILED.")] = State.RUNNING,
) -> Act:
    return lambda app, execution_id: app.engine.operations.unqueue(execution_id, state)


def _add_labels(labels: Annotated[list[LabelShape], Body()]) -> Act:
    given = labels_given(labels)
    return lambda app, execution_id: app.engine.operations.set_labels(execution_id, given)


def _delete(
    logs: Annotated[bool, Query(alias="deleteLogs")] = True,
    metrics: Annotated[bool, Query(alias="deleteMetrics")] = True,
    files: Annotated[bool, Query(alias="deleteStorage")] = True,
) -> Act:
    def delete(app: App, execution_id: str) -> None:
        app.engine.operations.delete(execution_id, logs=logs, metrics=metrics, files=files)

    return delete


def _add(verb: Verb, options: Callable[..., Act], *, method: str = "POST", ids: bool = True) -> None:
    """Register a verb for ids and for a query; `options` reads what else the verb takes."""
    act_part = Depends(options)

    def by_ids(app: AppPart, executions: Annotated[list[str], Body()], act: Act = act_part) -> Done:
        return _do(app, executions, verb, act)

    def by_query(app: AppPart, wanted: ExecutionsPart, act: Act = act_part) -> Done:
        return _do(app, _found(app, wanted), verb, act)

    if ids:
        router.add_api_route(f"/{verb}/by-ids", by_ids, methods=[method], summary=f"{verb} by ids")
    router.add_api_route(f"/{verb}/by-query", by_query, methods=[method], summary=f"{verb} by query", **_BY_QUERY)


_add(Verb.PAUSE, _pause)
_add(Verb.RESUME, _resume)
_add(Verb.KILL, _kill, method="DELETE")
_add(Verb.RESTART, _restart)
_add(Verb.REPLAY, _replay)
_add(Verb.CHANGE_STATE, _change_state)
_add(Verb.FORCE_RUN, _force_run)
_add(Verb.UNQUEUE, _unqueue)
_add(Verb.LABELS, _add_labels, ids=False)


@router.post("/labels/by-ids")
def label_by_ids(app: AppPart, wanted: LabelsFor) -> Done:
    """Add labels to executions."""
    return _do(app, wanted.executions_id, Verb.LABELS, _add_labels(wanted.execution_labels))


@router.post("/replay-with-inputs/by-ids")
def replay_with_inputs_by_ids(
    app: AppPart, wanted: InputsFor, revision: AnyRevision = None, latest: LatestRevision = False
) -> Done:
    """Run executions again as new ones, all with the same inputs."""
    return _do(app, wanted.executions_id, Verb.REPLAY, _replay_with(wanted.inputs, revision, latest=latest))


@router.post("/replay-with-inputs/by-query", **_BY_QUERY)
def replay_with_inputs_by_query(
    app: AppPart,
    wanted: ExecutionsPart,
    inputs: Annotated[dict[str, Any], Body(description="The inputs by their ids.")],
    revision: AnyRevision = None,
    latest: LatestRevision = False,
) -> Done:
    """Run the executions that a search finds again as new ones, all with the same inputs."""
    return _do(app, _found(app, wanted), Verb.REPLAY, _replay_with(inputs, revision, latest=latest))


_Unfinished = Annotated[
    bool, Query(alias="includeNonTerminated", description="Kill those that have not ended, and delete them too.")
]
_Deletion = Annotated[Act, Depends(_delete)]


@router.delete("/by-ids")
def delete_by_ids(
    app: AppPart, executions: Annotated[list[str], Body()], act: _Deletion, unfinished: _Unfinished = False
) -> Done:
    """Forget executions."""
    return _forget(app, executions, act, unfinished=unfinished)


@router.delete("/by-query", **_BY_QUERY)
def delete_by_query(app: AppPart, wanted: ExecutionsPart, act: _Deletion, unfinished: _Unfinished = False) -> Done:
    """Forget the executions that a search finds."""
    return _forget(app, _found(app, wanted), act, unfinished=unfinished)


def _forget(app: App, execution_ids: Sequence[str], act: Act, *, unfinished: bool) -> Done:
    """Delete executions; with `unfinished` those that have not ended are killed first."""

    def end_first(app: App, execution_id: str) -> None:
        if why_not(read_head(app, execution_id), Verb.KILL) is None:
            app.engine.operations.kill(execution_id)
        app.engine.wait(execution_id, _KILL_SECONDS)
        act(app, execution_id)

    return _do(app, execution_ids, None, end_first) if unfinished else _do(app, execution_ids, Verb.DELETE, act)


def _do(app: App, execution_ids: Sequence[str], verb: Verb | None, act: Act) -> Done:
    """Do it to all; raises SomeRefused, before anything is done, when the state of one does not allow the verb."""
    ids = list(dict.fromkeys(execution_ids))
    with app.store.database.read() as connection:
        heads = app.store.executions.heads(connection, ids)
    reasons = {id_: why_not(heads.get(id_), verb) for id_ in ids}
    refused = [Refusal(id_, reason) for id_, reason in reasons.items() if reason is not None]
    if refused:
        raise SomeRefused(refused, asked=len(ids), done=0)
    failed = [refusal for id_ in ids if (refusal := _try(app, id_, act)) is not None]
    if failed:
        raise SomeRefused(failed, asked=len(ids), done=len(ids) - len(failed))
    return Done(count=len(ids))


def _try(app: App, execution_id: str, act: Act) -> Refusal | None:
    """Act; the refusal when the execution has moved since it was looked at."""
    try:
        act(app, execution_id)
    except (NotFound, Conflict, InvalidInputs) as error:
        return Refusal(execution_id, str(error))
    return None


def _found(app: App, wanted: ExecutionFilter) -> list[str]:
    with app.store.database.read() as connection:
        return app.store.executions.ids(connection, wanted)


def _newest_revision(app: App, execution_id: str) -> int:
    head = read_head(app, execution_id)
    with app.store.database.read() as connection:
        newest = app.store.flows.get(connection, head.namespace, head.flow_id)
    if newest is None:
        raise NotFound(f"the flow {head.namespace}.{head.flow_id} is deleted, so it has no newest revision")
    return newest.revision
