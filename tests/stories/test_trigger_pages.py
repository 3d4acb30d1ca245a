"""What operators do to triggers, in a real browser over a real service: switches, a backfill, many at once."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.stories.clone import Clone
from tests.stories.service import Service
from tests.stories.test_operator_pages import page, push  # noqa: F401 - a fixture
from tests.stories.test_pages import browser_path  # noqa: F401 - a fixture
from tests.stubs.github import GitHubStub

pytestmark = [pytest.mark.story, pytest.mark.browser]

PLANNED = """\
id: planned
namespace: company.team
inputs:
  - id: depth
    type: INT
    defaults: 3
tasks:
  - id: say
    type: io.kestra.plugin.core.log.Log
    message: "depth {{ inputs.depth }}"
triggers:
  - id: yearly
    type: io.kestra.plugin.core.trigger.Schedule
    cron: "@yearly"
  - id: call
    type: io.kestra.plugin.core.trigger.Webhook
    key: the-key
  - id: never
    type: io.kestra.plugin.core.trigger.Schedule
    cron: "@daily"
    disabled: true
"""


def choose(page: Page, trigger: str, verb: str) -> None:  # noqa: F811 - the fixture's value
    """Choose a verb from the menu of a trigger."""
    page.locator(f"[data-testid=trigger][data-trigger={trigger}]").get_by_test_id("trigger-actions").click()
    page.get_by_test_id(verb).click()


def test_a_backfill_is_begun_held_and_ended(
    page: Page,  # noqa: F811 - the fixture
    service: Service,
    clone: Clone,
    github: GitHubStub,
) -> None:
    push(clone, service, github, planned=PLANNED)
    page.goto(f"{service.url}/ui/main/flows/company.team/planned?tab=triggers")
    choose(page, "yearly", "backfill-new")
    page.get_by_test_id("backfill-start").fill("2020-06-01T00:00")
    page.get_by_test_id("backfill-end").fill("2022-06-01T00:00")
    page.get_by_label("depth").fill("7")
    page.get_by_test_id("submit").click()
    page.goto(f"{service.url}/ui/main/executions?flowId=planned")
    expect(page.get_by_test_id("total")).to_have_text("2 executions")
    page.get_by_test_id("execution").first.get_by_role("link").first.click()
    expect(page.get_by_text("depth 7")).to_be_visible()

    key = {"namespace": "company.team", "flowId": "planned", "triggerId": "yearly"}
    backfill = {"start": "2000-01-01T00:00:00Z", "end": "2022-06-01T00:00:00Z", "paused": True}
    service.ask("PUT", "/triggers/backfill/create", json={**key, "backfill": backfill})
    page.goto(f"{service.url}/ui/main/triggers")
    expect(page.get_by_test_id("backfill")).to_contain_text("Backfill, paused")
    choose(page, "yearly", "trigger-delete")
    expect(page.get_by_test_id("backfill")).to_have_count(0)


def test_triggers_are_switched_one_by_one_and_all_that_fit_a_filter(
    page: Page,  # noqa: F811 - the fixture
    service: Service,
    clone: Clone,
    github: GitHubStub,
) -> None:
    push(clone, service, github, planned=PLANNED)
    page.goto(f"{service.url}/ui/main/triggers")
    yearly = page.get_by_role("switch", name="Enable the trigger yearly of planned")
    expect(yearly).to_be_checked()
    yearly.click()
    expect(yearly).not_to_be_checked()
    expect(page.get_by_role("switch", name="Enable the trigger never of planned")).to_be_disabled()
    page.get_by_test_id("select").nth(0).check()
    page.get_by_test_id("select-all").click()
    page.get_by_test_id("bulk-enable").click()
    page.get_by_test_id("submit").click()
    expect(page.get_by_test_id("bulk-said")).to_have_text("Enable: 2 triggers")
    expect(yearly).to_be_checked()
    page.get_by_test_id("search-q").fill("none")
    expect(page.get_by_text("No trigger fits these filters")).to_be_visible()
