"""Revisions of flows: the accepted sources, which of them is live, and whose it is."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, Select, and_, bindparam, delete, func, insert, or_, select, update

from gitops.errors import Conflict, NotFound
from gitops.store.conditions import Columns, Condition, clause
from gitops.store.database import Connection, Row, add_missing, note_changed_flows
from gitops.store.page import Page, labelled, read_page, within
from gitops.store.tables import CURRENT, flow_labels, revisions

_LIVE = and_(CURRENT, revisions.c.deleted_at.is_(None))
# Built once: every execution that is created asks one of these.
_GET = select(revisions).where(
    revisions.c.namespace == bindparam("namespace"), revisions.c.flow_id == bindparam("flow_id")
)
_GET_LIVE = _GET.where(_LIVE)
_GET_REVISION = _GET.where(revisions.c.revision == bindparam("revision"))


_NAME = revisions.c.namespace + "." + revisions.c.flow_id
_COLUMNS: Columns = {
    "text": (_NAME, revisions.c.description),
    "id": (revisions.c.flow_id,),
    "namespace": (revisions.c.namespace,),
    "disabled": (revisions.c.disabled,),
}


def digest(source: str) -> str:
    """The SHA-256 of a source in hexadecimal: two flows with one digest have one source."""
    return hashlib.sha256(source.encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """The n-th accepted source of a flow. `Flows.add` gives `revision` and `digest`.

    `triggers` are the declarations as `{"id", "type", "description"}`. `repository`, `path`, `commit` and `blob` say
    where the source came from; they are None for a flow that no repository owns. `deleted_at` and `deleted_by` (a
    commit) say that the flow was deleted while this was its revision.
    """

    namespace: str
    flow_id: str
    source: str
    created_at: datetime
    revision: int = 0
    digest: str = ""
    repository: str | None = None
    path: str | None = None
    commit: str | None = None
    blob: str | None = None
    description: str | None = None
    labels: tuple[tuple[str, str], ...] = ()
    triggers: Sequence[Mapping[str, Any]] = ()
    disabled: bool = False
    deleted_at: datetime | None = None
    deleted_by: str | None = None

    @property
    def deleted(self) -> bool:
        """Whether the flow was deleted while this was its revision."""
        return self.deleted_at is not None


class Flows:
    """Reads and writes revisions. A flow is live from its first revision until it is deleted."""

    def get(self, connection: Connection, namespace: str, flow_id: str, revision: int | None = None) -> Revision | None:
        """The live revision of a flow; or, by its number, any revision that it ever had."""
        place: Row = {"namespace": namespace, "flow_id": flow_id}
        wanted, values = (_GET_LIVE, place) if revision is None else (_GET_REVISION, {**place, "revision": revision})
        row = connection.execute(wanted, values).mappings().first()
        return None if row is None else _revision(row)

    def revisions(self, connection: Connection, namespace: str, flow_id: str) -> list[Revision]:
        """Every revision of a flow, oldest first, those before a deletion included."""
        query = select(revisions).where(_flow(namespace, flow_id)).order_by(revisions.c.revision)
        return [_revision(row) for row in connection.execute(query).mappings()]

    def search(
        self,
        connection: Connection,
        *,
        namespace: str | None = None,
        query: str | None = None,
        labels: tuple[tuple[str, str], ...] = (),
        conditions: tuple[Condition, ...] = (),
        page: int = 1,
        size: int = 25,
    ) -> Page[Revision]:
        """Live flows by name.

        `namespace` holds those below it too; `query` is a part of the full name or of the description, in any case.
        `conditions` are of the fields `text`, `id`, `namespace`, `disabled` and `labels`.
        """
        found = select(revisions).where(_LIVE, *labelled(labels, _with_label))
        found = found.where(*(clause(condition, _COLUMNS, _with_label) for condition in conditions))
        if namespace is not None:
            found = found.where(within(revisions.c.namespace, namespace))
        if query:
            matches = [text.icontains(query, autoescape=True) for text in _COLUMNS["text"]]
            found = found.where(or_(*matches))
        ordered = found.order_by(revisions.c.namespace, revisions.c.flow_id)
        return read_page(connection, ordered, _revision, page=page, size=size)

    def deployed(self, connection: Connection, repository: str) -> list[Revision]:
        """The live flows that a repository owns, by name."""
        query = select(revisions).where(_LIVE, revisions.c.repository == repository)
        rows = connection.execute(query.order_by(revisions.c.namespace, revisions.c.flow_id)).mappings()
        return [_revision(row) for row in rows]

    def add(self, connection: Connection, revision: Revision) -> Revision:
        """Make this the flow's live revision, with the next number, and return it as it is stored.

        Numbers go on after a deletion. Raises Conflict while the flow is live in another repository.
        """
        namespace, flow_id = revision.namespace, revision.flow_id
        live = self.get(connection, namespace, flow_id)
        if live is not None and live.repository != revision.repository:
            raise Conflict(f"flow {namespace}.{flow_id} belongs to {_owner(live)}; delete it there first")
        added = replace(
            revision, revision=self._last(connection, namespace, flow_id) + 1, digest=digest(revision.source)
        )
        note_changed_flows(connection)
        connection.execute(update(revisions).where(_flow(namespace, flow_id), CURRENT).values(current=False))
        connection.execute(insert(revisions), _row(added))
        self._replace_labels(connection, added)
        return added

    def move(self, connection: Connection, revision: Revision) -> None:
        """Note where the source of the live flow is now: path, commit and blob. Raises NotFound."""
        place = {"path": revision.path, "commit_sha": revision.commit, "blob": revision.blob}
        self._change(connection, revision.namespace, revision.flow_id, place)

    def delete(
        self, connection: Connection, namespace: str, flow_id: str, *, at: datetime, commit: str | None = None
    ) -> None:
        """End a live flow; its revisions stay. Raises NotFound."""
        self._change(connection, namespace, flow_id, {"deleted_at": at, "deleted_by": commit})

    def _change(self, connection: Connection, namespace: str, flow_id: str, values: Row) -> None:
        note_changed_flows(connection)
        live = update(revisions).where(_flow(namespace, flow_id), _LIVE).values(**values)
        if connection.execute(live).rowcount == 0:
            raise NotFound(f"there is no flow {namespace}.{flow_id}")

    def _last(self, connection: Connection, namespace: str, flow_id: str) -> int:
        query = select(func.max(revisions.c.revision)).where(_flow(namespace, flow_id))
        return connection.execute(query).scalar() or 0

    def _replace_labels(self, connection: Connection, revision: Revision) -> None:
        flow = {"namespace": revision.namespace, "flow_id": revision.flow_id}
        connection.execute(delete(flow_labels).where(_labels_of(**flow)))
        rows = [{**flow, "key": key, "value": value} for key, value in revision.labels]
        add_missing(connection, flow_labels, rows)


def _flow(namespace: str, flow_id: str) -> ColumnElement[bool]:
    return and_(revisions.c.namespace == namespace, revisions.c.flow_id == flow_id)


def _labels_of(namespace: str | ColumnElement[str], flow_id: str | ColumnElement[str]) -> ColumnElement[bool]:
    return and_(flow_labels.c.namespace == namespace, flow_labels.c.flow_id == flow_id)


def _with_label(key: str, value: str) -> Select[Any]:
    same_flow = _labels_of(revisions.c.namespace, revisions.c.flow_id)
    return select(flow_labels.c.key).where(same_flow, flow_labels.c.key == key, flow_labels.c.value == value)


def _owner(revision: Revision) -> str:
    return "no repository" if revision.repository is None else f"the repository `{revision.repository}`"


def _row(revision: Revision) -> Row:
    return {
        "namespace": revision.namespace,
        "flow_id": revision.flow_id,
        "revision": revision.revision,
        "source": revision.source,
        "digest": revision.digest,
        "created_at": revision.created_at,
        "repository": revision.repository,
        "path": revision.path,
        "commit_sha": revision.commit,
        "blob": revision.blob,
        "description": revision.description,
        "labels": revision.labels,
        "triggers": revision.triggers,
        "disabled": revision.disabled,
        "current": True,
        "deleted_at": revision.deleted_at,
        "deleted_by": revision.deleted_by,
    }


def _revision(row: RowMapping) -> Revision:
    values = {name: value for name, value in row.items() if name not in ("current", "commit_sha", "labels", "triggers")}
    labels = tuple((key, value) for key, value in row["labels"])
    return Revision(**values, commit=row["commit_sha"], labels=labels, triggers=tuple(row["triggers"]))
