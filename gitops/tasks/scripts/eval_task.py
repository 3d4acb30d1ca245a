"""A script inside the process of Kestra's workers, in a language of the machine that it runs on."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, Field

from gitops.language.model import Model
from gitops.language.scalars import Templated, TemplatedStr, Text
from gitops.language.task import Unavailable


class EvalOutput(Model):
    """What a script hands on."""

    result: Any = Field(None, description="The value of the script.")
    outputs: dict[str, Any] = Field(description="The exported variables.")


class EvalTask(Unavailable):
    """A script whose variables become outputs."""

    Output: ClassVar[type[BaseModel]] = EvalOutput

    script: TemplatedStr = Field(description="The script.")
    outputs: Templated[tuple[Text, ...]] = Field((), description="The variables that are exported.")


class FileTransformOutput(Model):
    """The file that was made."""

    uri: str = Field(description="The address of the file in internal storage.")


class FileTransformTask(Unavailable):
    """A script that is run for every row of a file."""

    Output: ClassVar[type[BaseModel]] = FileTransformOutput

    from_: Templated[Text | list[Any] | dict[str, Any]] = Field(
        alias="from", description="The address of a file, or the rows themselves."
    )
    script: TemplatedStr = Field(description="The script; it sees `row` and may set `rows`.")
    concurrent: Templated[Annotated[int, Field(ge=2)]] | None = Field(
        None, description="How many rows are worked on at once."
    )
