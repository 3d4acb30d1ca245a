"""The way into the engine: the revision is found, inputs are read, checks are made, and then it is on the disk."""

from __future__ import annotations

from pathlib import Path

import pytest

from gitops.errors import NotFound
from gitops.execution.state import State, TriggeredBy
from tests.engine.workshop import Workshop, open_workshop

SOURCE = """
    id: started
    namespace: company.team
    labels: {{own: flow, both: flow}}
    variables: {{greeting: hello}}
    inputs:
      - id: text
        type: STRING
        defaults: "{{{{ vars.greeting }}}} {{{{ flow.id }}}} {{{{ globals.company }}}}{mark}"
    tasks:
      - id: show
        type: io.kestra.plugin.core.debug.Return
        format: "{{{{ inputs.text }}}} {{{{ trigger.date ?? 'by hand' }}}}"
"""


def shown(workshop: Workshop, id_: str) -> object:
    ended = workshop.engine.wait(id_, 20)
    assert ended.state is State.SUCCESS
    return (ended.in_order()[0].outputs or {})["value"]


def test_defaults_see_the_flow_its_variables_and_the_globals(workshop: Workshop) -> None:
    workshop.add(SOURCE.format(mark=""))
    execution = workshop.engine.create("company.team", "started")
    assert shown(workshop, execution.id) == "hello started acme by hand"


def test_the_newest_revision_runs_unless_another_is_named(workshop: Workshop) -> None:
    workshop.add(SOURCE.format(mark=" one"))
    workshop.add(SOURCE.format(mark=" two"))
    newest, first = (
        workshop.engine.create("company.team", "started"),
        workshop.engine.create("company.team", "started", revision=1),
    )
    assert (newest.revision, first.revision) == (2, 1)
    assert shown(workshop, newest.id) == "hello started acme two by hand"
    assert shown(workshop, first.id) == "hello started acme one by hand"
    with pytest.raises(NotFound):
        workshop.engine.create("company.team", "started", revision=3)


def test_labels_of_the_flow_then_those_given_then_the_correlation(workshop: Workshop) -> None:
    workshop.add(SOURCE.format(mark=""))
    execution = workshop.engine.create("company.team", "started", labels=[("both", "given"), ("mine", "1")])
    assert execution.labels == (
        ("own", "flow"),
        ("both", "given"),
        ("mine", "1"),
        ("system.correlationId", execution.id),
    )


def test_a_trigger_is_seen_by_the_tasks(workshop: Workshop) -> None:
    workshop.add(SOURCE.format(mark=""))
    trigger = TriggeredBy(id="t", type="some", variables={"date": "today"})
    execution = workshop.engine.create("company.team", "started", trigger=trigger)
    assert shown(workshop, execution.id) == "hello started acme today"


def test_it_is_on_the_disk_when_it_is_created(tmp_path: Path) -> None:
    with open_workshop(tmp_path) as workshop:
        workshop.add(SOURCE.format(mark=""))
        execution = workshop.engine.create("company.team", "started")
    with open_workshop(tmp_path) as workshop:
        assert shown(workshop, execution.id) == "hello started acme by hand"
