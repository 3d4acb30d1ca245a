"""What every task that holds others may run after them."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import Field

from gitops.execution.state import Branch
from gitops.language.model import Model
from gitops.language.task import Task, Tasks


class Endings(Model):
    """The branches that follow the children."""

    errors: Tasks = Field((), description="Tasks that run when a child failed.")
    finally_: Tasks = Field((), alias="finally", description="Tasks that run at the end, whatever happened.")

    def ending(self, branch: Branch) -> Sequence[Task]:
        """The tasks of a branch that follows the children."""
        return {Branch.ERRORS: self.errors, Branch.FINALLY: self.finally_}.get(branch, ())
