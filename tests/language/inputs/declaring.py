"""How the tests declare an input."""

from __future__ import annotations

from typing import Any

from gitops.language.inputs.input import Input
from gitops.language.inputs.table import INPUT_TYPES


def declare(type_name: str, id_: str = "x", **more: Any) -> Input:
    return INPUT_TYPES[type_name].model_validate({"id": id_, "type": type_name, **more})
