"""What a search asks of a record: a field, an operator, values; and that as a clause of a query."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, false, func, not_, or_

from gitops.store.page import within

Columns = Mapping[str, Sequence[ColumnElement[Any]]]
"""The columns that each field is looked for in; it is enough when one of them fits."""

HasLabel = Callable[[str, str], Select[Any]]


class Operator(StrEnum):
    """How a value is compared. Texts are found in any case; PREFIX is the namespace itself and what lies below it."""

    IN = "IN"
    STARTS_WITH = "STARTS_WITH"
    ENDS_WITH = "ENDS_WITH"
    CONTAINS = "CONTAINS"
    PREFIX = "PREFIX"
    GREATER_THAN = "GREATER_THAN"
    GREATER_THAN_OR_EQUAL_TO = "GREATER_THAN_OR_EQUAL_TO"
    LESS_THAN = "LESS_THAN"
    LESS_THAN_OR_EQUAL_TO = "LESS_THAN_OR_EQUAL_TO"
    IS_NULL = "IS_NULL"


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing that must hold, or with `negated` must not.

    `values` are several for IN, none for IS_NULL and one for the others. `key` is that of a label.
    """

    field: str
    operator: Operator
    values: tuple[Any, ...] = ()
    key: str | None = None
    negated: bool = False


LABELS = "labels"
"""The field of the labels: a condition names one by its key, and the values are those that it may have."""


def clause(condition: Condition, columns: Columns, has: HasLabel | None = None) -> ColumnElement[bool]:
    """The condition as a clause; `has` selects the rows that carry a label, for records that have some."""
    values = condition.values
    parts: list[ColumnElement[bool]]
    if has is not None and condition.field == LABELS:
        parts = [has(condition.key or "", value).exists() for value in values]
    else:
        parts = [_CLAUSES[condition.operator](column, values) for column in columns[condition.field]]
    holds = or_(false(), *parts)
    # What is not there is not equal either: SQL alone would find a NULL in neither.
    return not_(func.coalesce(holds, false())) if condition.negated else holds


_CLAUSES: Mapping[Operator, Callable[[ColumnElement[Any], tuple[Any, ...]], ColumnElement[bool]]] = {
    Operator.IN: lambda column, values: column.in_(values),
    Operator.STARTS_WITH: lambda column, values: column.istartswith(values[0], autoescape=True),
    Operator.ENDS_WITH: lambda column, values: column.iendswith(values[0], autoescape=True),
    Operator.CONTAINS: lambda column, values: column.icontains(values[0], autoescape=True),
    Operator.PREFIX: lambda column, values: within(column, values[0]),
    Operator.GREATER_THAN: lambda column, values: column > values[0],
    Operator.GREATER_THAN_OR_EQUAL_TO: lambda column, values: column >= values[0],
    Operator.LESS_THAN: lambda column, values: column < values[0],
    Operator.LESS_THAN_OR_EQUAL_TO: lambda column, values: column <= values[0],
    Operator.IS_NULL: lambda column, _values: column.is_(None),
}
