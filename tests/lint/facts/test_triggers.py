"""What is known of the triggers of a flow: never the key of a webhook."""

from __future__ import annotations

from gitops.lint.facts.packing import packed
from tests.lint.facts.reading import facts_of

FLOW = """\
id: {id}
namespace: company.team
triggers:
  - id: morning
    type: io.kestra.plugin.core.trigger.Schedule
    cron: 0 8 * * *
    timezone: Europe/Warsaw
  - id: decided
    type: io.kestra.core.models.triggers.types.Schedule
    cron: "{{{{ vars.cron }}}}"
  - id: called
    type: io.kestra.plugin.core.trigger.Webhook
    key: {key}
  - type: io.kestra.plugin.core.trigger.Webhook
    key: without-an-id
"""


def flow(key: str = "a-long-random-key", flow_id: str = "hello") -> str:
    return FLOW.format(id=flow_id, key=key)


def digest(key: str = "a-long-random-key", flow_id: str = "hello") -> str | None:
    return facts_of(flow(key, flow_id)).triggers[2].digest


def test_triggers_have_ids_and_todays_types() -> None:
    assert [(each.id, each.type and each.type.rpartition(".")[2], each.path) for each in facts_of(flow()).triggers] == [
        ("morning", "Schedule", ("triggers", 0)),
        ("decided", "Schedule", ("triggers", 1)),
        ("called", "Webhook", ("triggers", 2)),
    ]


def test_schedules_have_their_times() -> None:
    assert [(each.cron, each.timezone) for each in facts_of(flow()).triggers] == [
        ("0 8 * * *", "Europe/Warsaw"),
        (None, None),
        (None, None),
    ]


def test_keys_are_told_apart_and_not_kept() -> None:
    one, two = digest(), digest("another-long-key")
    assert one
    assert two
    assert one != two
    assert digest("'  a-long-random-key '") == one
    assert "a-long-random-key" not in repr(packed(facts_of(flow())))


def test_the_same_key_of_another_flow_looks_different() -> None:
    assert digest() != digest(flow_id="other")


def test_a_key_that_an_expression_gives_is_not_known() -> None:
    assert digest("\"{{ secret('KEY') }}\"") == ""
