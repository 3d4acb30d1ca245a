"""Run a script in a container of a Docker engine."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from pydantic import Field

from gitops.language.scalars import Duration, Templated
from gitops.tasks.scripts.runners.docker_options import Container, Texts
from gitops.tasks.scripts.runners.runner import UnavailableRunner


class Docker(UnavailableRunner, Container):
    """A container of a Docker engine."""

    type: Literal["io.kestra.plugin.scripts.runner.docker.Docker"]
    entry_point: Texts = Field(("",), description="What is started in place of the image's entry point.")
    port_bindings: Texts = Field((), description="Ports that are open outside, as `[ip:]host:container[/protocol]`.")
    file_handling_strategy: Templated[Literal["MOUNT", "VOLUME"]] = Field(
        "VOLUME", description="Whether files are copied in and out or the folder is mounted."
    )
    delete: Templated[bool] = Field(True, description="Whether the container is removed afterwards.")
    wait: Templated[bool] = Field(True, description="Whether the task waits for its end.")
    privileged: Templated[bool] | None = Field(None, description="Whether it has the rights of the machine.")
    kill_grace_period: Duration = Field(timedelta(), description="How long it may take to end when it is killed.")
    resume: Templated[bool] = Field(True, description="Whether a container of the same attempt is found again.")
