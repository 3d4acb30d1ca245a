"""The condition types."""

from __future__ import annotations

from gitops.language.condition import Condition

CONDITIONS: tuple[type[Condition], ...] = ()
