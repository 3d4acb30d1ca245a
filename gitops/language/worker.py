"""Which workers may run something: by group, as today, or by tags, as in the V2 dialect."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from gitops.language.model import Model
from gitops.language.scalars import TemplatedStr

Tag = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$")]


class WorkerGroup(Model):
    """A named group of workers."""

    key: TemplatedStr | None = Field(None, description="The name of the group.")
    fallback: Literal["FAIL", "WAIT", "CANCEL"] = Field("WAIT", description="What happens when no worker is there.")


class WorkerSelector(Model):
    """Workers by their tags."""

    tags: tuple[Tag, ...] = Field((), description="The tags that a worker must have.")
    match: Literal["ALL", "ANY"] = Field("ALL", description="Whether all tags are needed or one is enough.")
    fallback: Literal["FAIL", "WAIT", "CANCEL", "IGNORE"] = Field(
        "FAIL", description="What happens when no worker is there."
    )
