"""How many executions of a flow may run at once."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from gitops.language.model import Model


class Concurrency(Model):
    """A limit, and what happens to the execution that exceeds it."""

    limit: int = Field(ge=1, description="How many executions may run at once.")
    behavior: Literal["QUEUE", "CANCEL", "FAIL"] = Field("QUEUE", description="What happens to one more execution.")
