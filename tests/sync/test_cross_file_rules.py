"""Pushes that would break other flows: what the linter sees of what is deployed, and what it says."""

from __future__ import annotations

import pytest

from tests.sync.world import World, flow

_CALLED, _CALLING = "company/team/called.yml", "company/team/calling.yml"
_READING = "'{{ inputs.person }}'"
_INPUT = "inputs:\n  - id: person\n    type: STRING\n"


def calling(more: str = "") -> str:
    """A flow that calls another one."""
    return f"""\
{flow("calling")}  - id: call
    type: io.kestra.plugin.core.flow.Subflow
    namespace: company.team
    flowId: called
{more}"""


@pytest.fixture
def deployed(world: World) -> World:
    """A flow, and another one that calls it."""
    assert world.deploy({_CALLED: flow("called"), _CALLING: calling()}).verdict == "deployed"
    return world


@pytest.mark.parametrize(
    ("change", "place", "rule"),
    [
        ({_CALLED: None}, (_CALLING, 10), "deleted-but-referenced"),
        ({_CALLED: flow("renamed")}, (_CALLING, 10), "deleted-but-referenced"),
        ({_CALLED: flow("called", message=_READING, more=_INPUT)}, (_CALLED, 4), "breaking-input"),
    ],
)
def test_a_push_that_breaks_a_caller_is_refused(
    deployed: World, change: dict[str, str | None], place: tuple[str, int], rule: str
) -> None:
    record = deployed.deploy(change)
    assert record.verdict == "refused"
    errors = [finding for finding in deployed.findings(record.sha) if finding["severity"] == "error"]
    assert [(each["path"], each["line"], each["rule"]) for each in errors] == [(*place, rule)]


def test_a_push_that_changes_the_caller_along_is_deployed(deployed: World) -> None:
    given = calling("    inputs:\n      person: Ann\n")
    record = deployed.deploy({_CALLED: flow("called", message=_READING, more=_INPUT), _CALLING: given})
    assert (record.verdict, deployed.findings(record.sha)) == ("deployed", [])


def test_a_refused_push_is_compared_with_what_is_deployed_again(deployed: World) -> None:
    deployed.deploy({_CALLED: flow("called", message=_READING, more=_INPUT)})
    record = deployed.deploy(
        {_CALLED: flow("called", message=_READING, more=_INPUT.replace("STRING", "STRING\n    defaults: Ann"))}
    )
    assert (record.verdict, deployed.findings(record.sha)) == ("deployed", [])


def test_what_is_only_likely_to_be_wrong_is_told_and_deployed(deployed: World) -> None:
    record = deployed.deploy({_CALLING: calling().replace("flowId: called", "flowId: caled"), _CALLED: flow("called")})
    assert record.verdict == "deployed"
    assert [finding["rule"] for finding in deployed.findings(record.sha)] == ["unknown-subflow"]
