"""True or false."""

from __future__ import annotations

from typing import ClassVar, Literal

from gitops.language.inputs.input import Input


class BoolInput(Input):
    """True or false."""

    type: Literal["BOOL"]

    def read(self, value: object) -> object:
        """The boolean, from a boolean or the texts true and false."""
        text = str(value).lower()
        if text not in ("true", "false"):
            raise ValueError("it must be `true` or `false`")
        return text == "true"


class BooleanInput(BoolInput):
    """True or false, by the old name."""

    DEPRECATED: ClassVar[str | None] = "use `BOOL`"
    REMOVED: ClassVar[bool] = True

    type: Literal["BOOLEAN"]  # type: ignore[assignment]  # another name than that of the base
