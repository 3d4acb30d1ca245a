"""Run a script as a job of Google Batch. Its properties belong to another product and are not checked."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict

from gitops.tasks.scripts.runners.runner import UnavailableRunner


class GoogleBatch(UnavailableRunner):
    """A job of Google Batch."""

    model_config = ConfigDict(extra="allow")

    type: Literal["io.kestra.plugin.ee.gcp.runner.Batch"]
