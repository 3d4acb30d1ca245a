"""An address such as https://example.com/data.csv."""

from __future__ import annotations

import re
from typing import Literal

from gitops.language.inputs.input import Input

_URI = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*://\S+")


class UriInput(Input):
    """An address such as https://example.com/data.csv."""

    type: Literal["URI"]

    def read(self, value: object) -> object:
        """The address as text."""
        text = str(value)
        if not _URI.fullmatch(text):
            raise ValueError("it must be an address such as https://example.com/data.csv")
        return text
