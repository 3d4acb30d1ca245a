"""The Docker runner and those of other products: they can be written, and run nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gitops.language.unavailable import unavailable
from gitops.tasks.scripts.runners.docker import Docker
from gitops.tasks.scripts.script_task import ScriptTask
from tests.tasks.one_task import read_task, refusal

SHELL = "io.kestra.plugin.scripts.shell.Commands"
DOCKER = "io.kestra.plugin.scripts.runner.docker.Docker"
OPEN = [
    "io.kestra.plugin.ee.kubernetes.runner.Kubernetes",
    "io.kestra.plugin.ee.aws.runner.Batch",
    "io.kestra.plugin.ee.azure.runner.Batch",
    "io.kestra.plugin.ee.gcp.runner.Batch",
    "io.kestra.plugin.ee.gcp.runner.CloudRun",
]


def runner(properties: dict[str, object]) -> Docker:
    task = read_task(SHELL, commands=["true"], taskRunner={"type": DOCKER, **properties})
    assert isinstance(task, ScriptTask)
    assert isinstance(task.task_runner, Docker)
    return task.task_runner


def test_defaults() -> None:
    docker = runner({})
    assert (docker.pull_policy, docker.entry_point, docker.file_handling_strategy) == (
        "IF_NOT_PRESENT",
        ("",),
        "VOLUME",
    )
    assert (docker.delete, docker.wait, docker.resume, docker.privileged) == (True, True, True, None)
    assert docker.kill_grace_period == timedelta()


@pytest.mark.parametrize(
    ("properties", "name", "value"),
    [
        ({"shmSize": "64MB"}, "shm_size", 64 * 1024**2),
        ({"shmSize": "{{ inputs.size }}"}, "shm_size", "{{ inputs.size }}"),
        ({"config": {"auths": {}}}, "config", {"auths": {}}),
        ({"config": '{"auths": {}}'}, "config", '{"auths": {}}'),
        ({"entryPoint": []}, "entry_point", ()),
        ({"volumes": ["/a:/b:ro"]}, "volumes", ("/a:/b:ro",)),
        ({"portBindings": ["8080:80/udp"]}, "port_bindings", ("8080:80/udp",)),
        ({"killGracePeriod": "PT10S"}, "kill_grace_period", timedelta(seconds=10)),
        ({"privileged": "{{ inputs.all }}"}, "privileged", "{{ inputs.all }}"),
    ],
    ids=str,
)
def test_accepted(properties: dict[str, object], name: str, value: object) -> None:
    assert getattr(runner(properties), name) == value


def test_limits_credentials_and_devices() -> None:
    docker = runner(
        {
            "cpu": {"cpus": 1.5},
            "memory": {"memory": "512Mb", "memorySwap": "1GB", "memorySwappiness": 60, "oomKillDisable": True},
            "credentials": {"registry": "registry.example.com", "auth": "{{ secret('AUTH') }}"},
            "deviceRequests": [{"driver": "nvidia", "count": -1, "capabilities": [["gpu"]], "options": {"a": 1}}],
        }
    )
    assert docker.cpu is not None
    assert docker.memory is not None
    assert (docker.cpu.cpus, docker.memory.memory, docker.memory.memory_swap) == (1.5, 512 * 1024**2, 1024**3)
    assert docker.device_requests[0].capabilities == (("gpu",),)
    assert docker.device_requests[0].options == {"a": "1"}


@pytest.mark.parametrize(
    ("properties", "words"),
    [
        ({"image": "ubuntu"}, "image: Extra inputs are not permitted"),
        ({"pullPolicy": "SOMETIMES"}, "pullPolicy: Input should be 'ALWAYS', 'IF_NOT_PRESENT' or 'NEVER'"),
        ({"shmSize": "much"}, "shmSize: Value error, expected a size such as"),
        ({"cpu": {"cpus": 0}}, "cpu.cpus: Input should be greater than 0"),
        ({"cpu": {"cpus": "1.5"}}, "cpu.cpus: Value error, expected a number"),
        ({"memory": {"memorySwappiness": 101}}, "memory.memorySwappiness: Input should be less than or equal to 100"),
        ({"killGracePeriod": "10s"}, "killGracePeriod: Value error, expected an ISO-8601 duration"),
        ({"credentials": {"user": "a"}}, "credentials.user: Extra inputs are not permitted"),
    ],
    ids=str,
)
def test_refused(properties: dict[str, object], words: str) -> None:
    told = refusal(SHELL, commands=["true"], taskRunner={"type": DOCKER, **properties})
    assert told.startswith(f"taskRunner.{words}")


@pytest.mark.parametrize("kind", OPEN)
def test_a_runner_of_another_product_may_have_any_property(kind: str) -> None:
    task = read_task(SHELL, commands=["true"], taskRunner={"type": kind, "region": "eu", "resources": {"cpu": 1}})
    assert [each.words for each in unavailable(task)] == [f"the type `{kind}`"]
