"""The old `docker` property of script tasks, and the parts of containers that it shares with the Docker runner."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from gitops.language.model import Model
from gitops.language.scalars import Templated, TemplatedStr, Text
from gitops.language.size import Size

PullPolicy = Literal["ALWAYS", "IF_NOT_PRESENT", "NEVER"]
Texts = Templated[tuple[Text, ...]]


class Credentials(Model):
    """Who asks a registry for an image."""

    registry: TemplatedStr | None = Field(None, description="The address of the registry.")
    username: TemplatedStr | None = Field(None, description="The user name.")
    password: TemplatedStr | None = Field(None, description="The password; use `secret()`.")
    registry_token: TemplatedStr | None = Field(None, description="A token of the registry.")
    identity_token: TemplatedStr | None = Field(None, description="A token of the user.")
    auth: TemplatedStr | None = Field(None, description="User name and password in Base64.")


class Cpu(Model):
    """How much of the processors a container gets."""

    cpus: Templated[Annotated[float, Field(gt=0)]] | None = Field(None, description="How many processors.")


class Memory(Model):
    """How much memory a container gets."""

    memory: Templated[Size] | None = Field(None, description="The most memory.")
    memory_swap: Templated[Size] | None = Field(None, description="The most memory and swap together.")
    memory_swappiness: Templated[Annotated[int, Field(ge=0, le=100)]] | None = Field(
        None, description="How readily memory is swapped, 0 to 100."
    )
    memory_reservation: Templated[Size] | None = Field(None, description="The memory that is kept free for it.")
    kernel_memory: Templated[Size] | None = Field(None, description="The most memory of the kernel.")
    oom_kill_disable: Templated[bool] | None = Field(None, description="Whether it lives on without memory.")


class DeviceRequest(Model):
    """Devices of the machine that a container may use."""

    driver: TemplatedStr | None = Field(None, description="The driver.")
    count: Templated[int] | None = Field(None, description="How many devices; -1 is all.")
    device_ids: Texts = Field((), description="The ids of the devices.")
    capabilities: Templated[tuple[tuple[Text, ...], ...]] = Field(
        (), description="What the devices must be able to do."
    )
    options: Templated[dict[str, Text]] | None = Field(None, description="Options of the driver.")


class Container(Model):
    """How a container is made."""

    host: TemplatedStr | None = Field(None, description="The address of the Docker engine.")
    config: Templated[Text | dict[str, Any]] | None = Field(
        None, description="Docker's configuration, as JSON or a map."
    )
    credentials: Credentials | None = Field(None, description="Who asks the registry.")
    user: TemplatedStr | None = Field(None, description="The user inside the container.")
    entry_point: Texts | None = Field(None, description="What is started in place of the image's entry point.")
    extra_hosts: Texts = Field((), description="More names of hosts, as `name:address`.")
    network_mode: TemplatedStr | None = Field(None, description="The network.")
    volumes: Texts = Field((), description="Folders of the machine, as `path:path[:ro]`.")
    pull_policy: Templated[PullPolicy] = Field("IF_NOT_PRESENT", description="When the image is fetched.")
    device_requests: tuple[DeviceRequest, ...] = Field((), description="Devices of the machine.")
    cpu: Cpu | None = Field(None, description="How much of the processors it gets.")
    memory: Memory | None = Field(None, description="How much memory it gets.")
    shm_size: Templated[Size] | None = Field(None, description="The size of `/dev/shm`.")


class DockerOptions(Container):
    """How the container of a script is made, by the old property."""

    RENAMED: ClassVar[Mapping[str, str]] = {"dockerHost": "host", "dockerConfig": "config"}

    image: TemplatedStr = Field(description="The image.")
