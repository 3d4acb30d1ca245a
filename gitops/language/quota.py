"""Quotas: how many executions a flow may have in a window of time, as the V2 dialect writes it."""

from __future__ import annotations

from pydantic import ConfigDict

from gitops.language.model import Model


class Quota(Model):
    """A limit over a rolling window. Its properties are not documented well enough to be checked."""

    model_config = ConfigDict(extra="allow")
