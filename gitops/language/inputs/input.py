"""What every input type has. A reader returns the typed value, or raises ValueError with the reason for the author."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar

from pydantic import Field

from gitops.language.model import Kind, Model
from gitops.language.scalars import InputId, TemplatedStr, Text


class DependsOn(Model):
    """When an input is asked for: after others, and only when a condition holds."""

    inputs: tuple[str, ...] = Field((), description="The ids of the inputs that come first.")
    condition: TemplatedStr | None = Field(None, description="The input is left out unless this renders to true.")


class Input(Kind):
    """A value that an execution is started with: what every input type has."""

    ROOM: ClassVar[str] = "Input"
    RENAMED: ClassVar[Mapping[str, str]] = {"name": "id"}

    id: InputId = Field(description="Unique among the inputs; a dot builds a nested value.")
    type: str = Field(description="The type of the value.")
    description: Text | None = Field(None, description="What the value means, in Markdown.")
    display_name: Text | None = Field(None, description="The name that people see.", max_length=64)
    required: bool = Field(True, description="Whether an execution needs a value.")
    defaults: Any = Field(None, description="The value when none is given; may hold an expression.")
    prefill: Any = Field(None, description="The value that the form begins with; people may clear it.")
    depends_on: DependsOn | None = Field(None, description="When the input is asked for.")

    @abstractmethod
    def read(self, value: object) -> object:
        """The typed value; raise ValueError with the reason when it does not fit."""


def in_range(value: Any, smallest: Any, largest: Any) -> Any:  # noqa: ANN401 - anything that is ordered
    """The value when it lies between the limits, which are inside; raise ValueError otherwise."""
    if smallest is not None and value < smallest:
        raise ValueError(f"it must be more than `{shown(smallest)}`")
    if largest is not None and value > largest:
        raise ValueError(f"it must be less than `{shown(largest)}`")
    return value


def in_time(value: Any, after: Any, before: Any) -> Any:  # noqa: ANN401 - dates of any kind
    """The date when it lies between the limits, which are inside; raise ValueError otherwise."""
    if after is not None and value < after:
        raise ValueError(f"it must be after `{shown(after)}`")
    if before is not None and value > before:
        raise ValueError(f"it must be before `{shown(before)}`")
    return value


def shown(value: object) -> str:
    """A limit as its author wrote it."""
    text = getattr(value, "isoformat", None)
    return str(text()).replace("+00:00", "Z") if text else str(value)
