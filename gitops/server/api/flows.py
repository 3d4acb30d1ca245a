"""Flows: find them, read one with its source and revisions."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from gitops.errors import NotFound
from gitops.server.api.parts import AppPart, LabelFilter, PageNumber, PageSize, SparseRoute
from gitops.server.api.searches import FLOW_SEARCH, FlowFilters
from gitops.server.shapes.flow import FlowShape, flow_shape
from gitops.server.shapes.shape import PageOf
from gitops.store.database import Connection
from gitops.store.flows import Revision
from gitops.store.store import Store

router = APIRouter(prefix="/flows", tags=["flows"], route_class=SparseRoute)


@router.get("/search", openapi_extra=FLOW_SEARCH)
def search_flows(
    app: AppPart,
    labels: LabelFilter,
    conditions: FlowFilters,
    page: PageNumber = 1,
    size: PageSize = 25,
    namespace: Annotated[str | None, Query(description="A namespace; those below it count too.")] = None,
    q: Annotated[str | None, Query(description="Part of the id, namespace or description.")] = None,
) -> PageOf[FlowShape]:
    """The live flows, by namespace and id."""
    with app.store.database.read() as connection:
        found = app.store.flows.search(
            connection,
            namespace=namespace,
            query=q,
            labels=tuple(labels),
            conditions=conditions,
            page=page,
            size=size,
        )
        names = [(revision.namespace, revision.flow_id) for revision in found.results]
        newest = app.store.executions.latest(connection, names)
        results = [
            flow_shape(revision, dates=_dates(app.store, connection, revision), last=newest.get(name))
            for name, revision in zip(names, found.results, strict=True)
        ]
    return PageOf(results=results, total=found.total)


@router.get("/{namespace}/{flow_id}")
def get_flow(
    app: AppPart,
    namespace: str,
    flow_id: str,
    revision: int | None = None,
    source: Annotated[bool, Query(description="Whether to answer the source too.")] = False,
) -> FlowShape:
    """One flow, as it is now or as it was in a revision."""
    with app.store.database.read() as connection:
        found = app.store.flows.get(connection, namespace, flow_id, revision)
        if found is None:
            raise NotFound(_missing(namespace, flow_id, revision))
        dates = _dates(app.store, connection, found)
    flow = app.engine.read(namespace, flow_id, found.revision)
    return flow_shape(found, dates=dates, source=source, flow=flow)


@router.get("/{namespace}/{flow_id}/revisions")
def get_revisions(app: AppPart, namespace: str, flow_id: str) -> list[FlowShape]:
    """Every revision with its source, oldest first."""
    with app.store.database.read() as connection:
        found = app.store.flows.revisions(connection, namespace, flow_id)
    if not found:
        raise NotFound(_missing(namespace, flow_id, None))
    return [flow_shape(revision, source=True) for revision in found]


def _dates(store: Store, connection: Connection, revision: Revision) -> dict[str, object]:
    states = store.triggers.list(connection, revision.namespace, revision.flow_id)
    return {state.trigger_id: state.next_at for state in states if state.next_at is not None}


def _missing(namespace: str, flow_id: str, revision: int | None) -> str:
    return f"there is no flow {namespace}.{flow_id}" + (f" with revision {revision}" if revision else "")
