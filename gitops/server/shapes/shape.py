"""The base of every answer, and the envelope of a page."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, PlainSerializer
from pydantic.alias_generators import to_camel

T = TypeVar("T")


class Shape(BaseModel):
    """A part of an answer."""

    model_config = ConfigDict(alias_generator=to_camel, validate_by_name=True, serialize_by_alias=True)


class GivenShape(Shape):
    """A part of a request. Its validator is built at once: FastAPI keeps pydantic quiet only while it makes routes."""

    model_config = ConfigDict(defer_build=False)


def instant_text(instant: datetime) -> str:
    """An instant as the API writes it: UTC, microseconds, `Z`."""
    return instant.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


Instant = Annotated[datetime, PlainSerializer(instant_text, return_type=str)]


class PageOf(Shape, Generic[T]):
    """One page of results, and how many there are in all."""

    results: list[T]
    total: int


class LabelShape(Shape):
    """A label."""

    key: str
    value: str


def labels_of(labels: tuple[tuple[str, str], ...]) -> list[LabelShape]:
    """Labels as the API writes them."""
    return [LabelShape(key=key, value=value) for key, value in labels]
