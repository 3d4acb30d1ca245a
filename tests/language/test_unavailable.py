"""What this version does not act upon is found at its place, and nothing else is."""

from __future__ import annotations

from typing import Literal

from gitops.catalog.catalogue import Catalogue
from gitops.language.flow import read_flow
from gitops.language.task import Unavailable
from gitops.language.unavailable import unavailable
from gitops.tasks.flow.loop import Loop
from gitops.tasks.flow.sequential import Sequential
from gitops.tasks.log.log import Log
from gitops.triggers.webhook import Webhook


class Later(Unavailable):
    """A type of a later version."""

    type: Literal["x.Later"]


KINDS = Catalogue({"Task": [Later, Log, Loop, Sequential], "Trigger": [Webhook], "Condition": [], "TaskRunner": []})
LOG = {"id": "say", "type": "io.kestra.plugin.core.log.Log", "message": "m"}
LOOP = "io.kestra.plugin.core.flow.Loop"
GROUP = "io.kestra.plugin.core.flow.Sequential"


def found(**more: object) -> list[tuple[tuple[int | str, ...], str]]:
    flow = read_flow({"id": "flow", "namespace": "company.team", "tasks": [LOG], **more}, KINDS)
    return [(missing.path, missing.words) for missing in unavailable(flow)]


def test_a_flow_that_can_be_run_has_nothing() -> None:
    assert found(description="d", disabled=True, labels={"a": "b"}) == []


def test_a_type_is_found_at_every_depth() -> None:
    later = {"id": "later", "type": "x.Later"}
    assert found(tasks=[LOG, {"id": "group", "type": GROUP, "tasks": [later]}], errors=[later]) == [
        (("tasks", 1, "tasks", 0, "type"), "the type `x.Later`"),
        (("errors", 0, "type"), "the type `x.Later`"),
    ]


def test_a_type_that_is_not_installed_is_found() -> None:
    hook = {"id": "hook", "type": "x.Trigger"}
    assert found(triggers=[hook]) == [(("triggers", 0, "type"), "the type `x.Trigger`")]


def test_a_property_is_found_when_it_says_something() -> None:
    assert found(draft=True) == [(("draft",), "the property `draft`")]
    assert found(draft=False, quotas=[]) == []


def test_a_value_is_found() -> None:
    loop = {"id": "loop", "type": LOOP, "values": [1], "tasks": [LOG]}
    assert found(tasks=[{**loop, "fetchType": "FETCH"}]) == []
    assert found(tasks=[{**loop, "fetchType": "STORE"}]) == [(("tasks", 0, "fetchType"), "`fetchType: STORE`")]
