"""The types that the items of a list can have, and how a list is read."""

from __future__ import annotations

import json
from collections.abc import Mapping

from gitops.language.inputs.bool_ import BooleanInput, BoolInput
from gitops.language.inputs.date_ import DateInput
from gitops.language.inputs.datetime_ import DatetimeInput
from gitops.language.inputs.duration import DurationInput
from gitops.language.inputs.email import EmailInput
from gitops.language.inputs.file import FileInput
from gitops.language.inputs.float_ import FloatInput
from gitops.language.inputs.input import Input
from gitops.language.inputs.int_ import IntInput
from gitops.language.inputs.json_ import JsonInput
from gitops.language.inputs.secret import SecretInput
from gitops.language.inputs.select import EnumInput, SelectInput
from gitops.language.inputs.string import StringInput
from gitops.language.inputs.time_ import TimeInput
from gitops.language.inputs.uri import UriInput
from gitops.language.inputs.yaml_ import YamlInput

ITEM_TYPES: Mapping[str, type[Input]] = {
    "STRING": StringInput,
    "SELECT": SelectInput,
    "ENUM": EnumInput,
    "INT": IntInput,
    "FLOAT": FloatInput,
    "BOOL": BoolInput,
    "BOOLEAN": BooleanInput,
    "DATETIME": DatetimeInput,
    "DATE": DateInput,
    "TIME": TimeInput,
    "DURATION": DurationInput,
    "FILE": FileInput,
    "JSON": JsonInput,
    "YAML": YamlInput,
    "URI": UriInput,
    "SECRET": SecretInput,
    "EMAIL": EmailInput,
}
_CHOICES = ("SELECT", "ENUM")


def read_item(kind: str, value: object) -> object:
    """A value as an input of that type reads it, without choices; raise ValueError with the reason."""
    name = "STRING" if kind in _CHOICES else kind
    return ITEM_TYPES[name](id="item", type=name).read(value)


def read_list(value: object) -> list[object]:
    """A list, or the list that a JSON text describes; raise ValueError otherwise."""
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            raise ValueError('it must be a list or its JSON such as ["a", "b"]') from None
    if not isinstance(value, list | tuple):
        raise ValueError('it must be a list or its JSON such as ["a", "b"]')  # noqa: TRY004 - one error type for all
    return list(value)
