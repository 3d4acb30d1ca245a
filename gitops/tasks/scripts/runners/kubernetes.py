"""Run a script as a pod of a Kubernetes cluster. Its properties belong to another product and are not checked."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict

from gitops.tasks.scripts.runners.runner import UnavailableRunner


class Kubernetes(UnavailableRunner):
    """A pod of a Kubernetes cluster."""

    model_config = ConfigDict(extra="allow")

    type: Literal["io.kestra.plugin.ee.kubernetes.runner.Kubernetes"]
