"""A YAML text, handed on as the value it describes."""

from __future__ import annotations

from typing import Literal

from gitops.language.document import parse
from gitops.language.inputs.input import Input

_NOT_A_FLOW = "empty-file"
"""What a document is told that holds no mapping; a value may be anything."""


class YamlInput(Input):
    """A YAML text, handed on as the value it describes."""

    type: Literal["YAML"]

    def read(self, value: object) -> object:
        """The value, from its YAML text or as it is."""
        if not isinstance(value, str):
            return value
        document = parse(value)
        for problem in document.problems:
            if problem.rule != _NOT_A_FLOW:
                raise ValueError(f"it must be YAML: {problem.message}")
        return document.data
