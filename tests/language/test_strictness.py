"""A text is no number and a number no boolean, until an expression has been rendered."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from gitops.language.dates import Instant
from gitops.language.model import Model
from gitops.language.scalars import Duration, Templated
from gitops.language.strictness import RENDERED


class _Inner(Model):
    flag: bool = False


class _Outer(Model):
    flag: bool = False
    count: int | None = None
    size: Templated[float] = 1.0
    counts: tuple[int, ...] = ()
    inner: _Inner = _Inner()
    length: Duration | None = None
    moment: Instant | None = None


@pytest.mark.parametrize(
    "data",
    [
        {"flag": True},
        {"count": 3},
        {"count": 3.0},
        {"size": 2},
        {"size": "{{ x }}"},
        {"counts": [1]},
        {"inner": {"flag": True}},
    ],
)
def test_a_value_of_the_kind_is_read(data: dict[str, object]) -> None:
    assert _Outer.model_validate(data).model_fields_set == set(data)


@pytest.mark.parametrize(
    "data",
    [
        *({"flag": value} for value in ("true", "yes", 1, 0)),
        *({"count": value} for value in ("3", True, 3.5)),
        *({"size": value} for value in ("3", False)),
        {"counts": ["1"]},
        *({"length": value} for value in (5, True, "5")),
        *({"moment": value} for value in (0, False, "0")),
        {"inner": {"flag": "on"}},
    ],
)
def test_a_value_of_another_kind_is_refused(data: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        _Outer.model_validate(data)


def test_what_an_expression_rendered_to_is_converted() -> None:
    outer = _Outer.model_validate({"flag": "true", "count": "3", "size": "2.5"}, context={RENDERED: True})
    assert (outer.flag, outer.count, outer.size) == (True, 3, 2.5)
