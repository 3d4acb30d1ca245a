"""Run a script as a job of Azure Batch. Its properties belong to another product and are not checked."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict

from gitops.tasks.scripts.runners.runner import UnavailableRunner


class AzureBatch(UnavailableRunner):
    """A job of Azure Batch."""

    model_config = ConfigDict(extra="allow")

    type: Literal["io.kestra.plugin.ee.azure.runner.Batch"]
