"""What loops go over."""

from __future__ import annotations

from typing import Any

from gitops.language.scalars import Templated

LoopValues = Templated[str | tuple[Any, ...]]
"""A list of anything, or a text that renders to a JSON list."""
