"""A YAML text, handed on as the value it describes."""

from __future__ import annotations

from typing import Literal

from gitops.language.document import parse
from gitops.language.inputs.input import Input


class YamlInput(Input):
    """A YAML text, handed on as the value it describes."""

    type: Literal["YAML"]

    def read(self, value: object) -> object:
        """The value, from its YAML text or as it is."""
        if not isinstance(value, str):
            return value
        # A document of ours is a mapping, so what is given stands under a key.
        document = parse("value:\n" + "".join(f" {line}" for line in value.splitlines(keepends=True)))
        if document.problems or not isinstance(document.data, dict):
            reason = document.problems[0].message if document.problems else "there is no value"
            raise ValueError(f"it must be YAML: {reason}")
        return document.data["value"]
