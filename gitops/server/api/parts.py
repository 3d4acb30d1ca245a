"""What several resources take from a request: the app, pages, label filters."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Depends, Query, Request
from fastapi.routing import APIRoute

from gitops.app import App
from gitops.errors import InvalidUsage


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


AppPart = Annotated[App, Depends(_app)]
LabelFilter = Annotated[list[tuple[str, str]], Depends(_labels)]
PageNumber = Annotated[int, Query(ge=1, description="Which page, from 1.")]
PageSize = Annotated[int, Query(ge=1, le=500, description="How many results a page holds.")]
