"""Checks of the inputs, made before an execution is created."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal

from pydantic import Field

from gitops.language.model import Model
from gitops.language.scalars import TemplatedStr


class Check(Model):
    """A condition over the inputs, with what people read and what happens when it does not hold."""

    SYNONYMS: ClassVar[Mapping[str, str]] = {"when": "condition"}

    condition: TemplatedStr = Field(description="What must render to a true value.")
    message: TemplatedStr = Field(description="What people read when it does not.")
    style: Literal["ERROR", "SUCCESS", "WARNING", "INFO"] = Field("INFO", description="How the message looks.")
    behavior: Literal["BLOCK_EXECUTION", "FAIL_EXECUTION", "CREATE_EXECUTION"] = Field(
        "BLOCK_EXECUTION", description="Create no execution, create one that has failed, or create it all the same."
    )
