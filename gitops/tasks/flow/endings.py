"""What every task that holds others may run after them."""

from __future__ import annotations

from pydantic import Field

from gitops.language.model import Model
from gitops.language.task import Tasks


class Endings(Model):
    """The branches that follow the children."""

    errors: Tasks = Field((), description="Tasks that run when a child failed.")
    finally_: Tasks = Field((), alias="finally", description="Tasks that run at the end, whatever happened.")
