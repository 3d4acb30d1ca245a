"""Listeners: the old way to run tasks when an execution ends."""

from __future__ import annotations

from pydantic import Field

from gitops.language.condition import Conditions
from gitops.language.model import Model
from gitops.language.scalars import Text
from gitops.language.task import SomeTasks


class Listener(Model):
    """Tasks that run after the execution, when all conditions hold."""

    description: Text | None = Field(None, description="What the listener is for, in Markdown.")
    conditions: Conditions = Field((), description="All must hold, else the tasks do not run.")
    tasks: SomeTasks = Field(description="The tasks, run in order.")
