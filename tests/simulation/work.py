"""The work of simulated tasks: a type that does nothing but wait for the stage to say how it ends."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Literal

from pydantic import BaseModel

from gitops.catalog.catalogue import Catalogue, catalogue
from gitops.execution.runnable import RunContext, Runnable
from gitops.language.model import Model


class Answer(Model):
    """What a simulated task hands out."""

    lucky: bool
    number: int


class Work(Runnable):
    """A runnable whose attempts last as long as the stage wants."""

    Output: ClassVar[type[BaseModel]] = Answer

    type: Literal["work"]

    def run(self, context: RunContext) -> Answer:
        """Whatever the stage says; it may raise too."""
        return PERFORM[-1](context)


PERFORM: list[Callable[[RunContext], Answer]] = []
"""Who plays the work, the innermost stage last."""

KINDS = Catalogue(
    {room: [*catalogue().room(room).values(), *([Work] if room == "Task" else [])] for room in catalogue().rooms()}
)
