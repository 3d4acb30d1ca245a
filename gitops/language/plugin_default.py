"""One entry of `pluginDefaults`; `plugin_defaults` says how entries are merged."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from gitops.language.model import Model


class PluginDefault(Model):
    """Values for every part of the flow whose type begins with a name."""

    type: str = Field(min_length=1, description="A type, or the beginning of several types' names.")
    forced: bool = Field(False, description="Whether these values win over those of the part itself.")
    ref: str | None = Field(None, description="A name by which tasks choose this entry.")
    values: dict[str, Any] = Field(description="The properties and their values.")
