"""The address of a mailbox; it may be empty."""

from __future__ import annotations

import re
from typing import Literal

from gitops.language.inputs.input import Input

_EMAIL = re.compile(r"[A-Za-z0-9._%+'-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63}){1,8}")


class EmailInput(Input):
    """The address of a mailbox; it may be empty."""

    type: Literal["EMAIL"]

    def read(self, value: object) -> object:
        """The address as text."""
        text = str(value)
        if text and not _EMAIL.fullmatch(text):
            raise ValueError("it must be an email address such as name@example.com")
        return text
