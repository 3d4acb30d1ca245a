"""Outputs of a flow are read like inputs."""

from __future__ import annotations

from gitops.language.inputs.items import ITEM_TYPES, read_item, read_list


def cast_value(type_name: str, value: object) -> object:
    """A value as an input of that type reads it; choices are not checked. Raises ValueError with the reason."""
    return read_item(type_name, value) if type_name in ITEM_TYPES else read_list(value)
