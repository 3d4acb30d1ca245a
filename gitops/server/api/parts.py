"""What several resources take from a request: the app, ids, pages and labels."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import Depends, Query, Request
from fastapi.routing import APIRoute
from starlette.convertors import Convertor, register_url_convertor

from gitops.app import App
from gitops.errors import InvalidUsage, NotFound
from gitops.execution.state import Execution


class _ExecutionId(Convertor[str]):
    """The id of an execution in a path. It tells `/{execution}/pause` from the flow `pause` of a namespace."""

    regex = "[0-9A-Za-z]{22}"

    def convert(self, value: str) -> str:
        """The id as it stands there."""
        return value

    def to_string(self, value: str) -> str:
        """The id as it stands there."""
        return value


register_url_convertor("execution", _ExecutionId())

_OURS = "system."


class SparseRoute(APIRoute):
    """A route whose answers leave out null members."""

    def __init__(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - whatever FastAPI gives
        super().__init__(*arguments, **{**options, "response_model_exclude_none": True})


def _app(request: Request) -> App:
    app = request.app.state.app
    assert isinstance(app, App)  # noqa: S101 - `create_app` puts it there
    return app


def read_labels(texts: list[str]) -> list[tuple[str, str]]:
    """Labels written as `key:value`; raises InvalidUsage for any other form."""
    labels = []
    for text in texts:
        key, colon, value = text.partition(":")
        if not colon or not key.strip():
            raise InvalidUsage(f"labels: expected `key:value`, found `{text}`")
        labels.append((key.strip(), value.strip()))
    return labels


def _labels(
    labels: Annotated[list[str] | None, Query(description="`key:value`, may be repeated.")] = None,
) -> list[tuple[str, str]]:
    return read_labels(labels or [])


def in_zone(date: datetime | None) -> datetime | None:
    """A date that somebody gave; without a zone it is in UTC."""
    return date.replace(tzinfo=UTC) if date is not None and date.tzinfo is None else date


def read_head(app: App, execution_id: str) -> Execution:
    """An execution without its task runs; raises NotFound."""
    with app.store.database.read() as connection:
        head = app.store.executions.heads(connection, [execution_id]).get(execution_id)
    if head is None:
        raise NotFound(f"there is no execution {execution_id}")
    return head


def check_labels(labels: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Labels that somebody gives to an execution; raises InvalidUsage for a blank key and for a key of the service."""
    for key, _ in labels:
        if not key.strip():
            raise InvalidUsage("labels: expected a key, found a blank one")
        if key.strip().startswith(_OURS):
            raise InvalidUsage(f"labels: `{key}` cannot be set; keys that start with `{_OURS}` belong to the service")
    return [(key.strip(), value.strip()) for key, value in labels]


def _given_labels(
    labels: Annotated[list[str] | None, Query(description="`key:value`, may be repeated.")] = None,
) -> list[tuple[str, str]]:
    return check_labels(read_labels(labels or []))


AppPart = Annotated[App, Depends(_app)]
LabelFilter = Annotated[list[tuple[str, str]], Depends(_labels)]
GivenLabels = Annotated[list[tuple[str, str]], Depends(_given_labels)]
PageNumber = Annotated[int, Query(ge=1, description="Which page, from 1.")]
PageSize = Annotated[int, Query(ge=1, le=500, description="How many results a page holds.")]
