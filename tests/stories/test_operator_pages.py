"""What operators do, in a real browser over a real service: pause, resume with a form, restart, replay, bulk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests.stories.clone import Clone
from tests.stories.service import Service
from tests.stories.test_pages import _QUIET, _WAIT, _foreign, browser_path  # noqa: F401 - a fixture
from tests.stubs.github import GitHubStub

pytestmark = [pytest.mark.story, pytest.mark.browser]

ASKS = """\
id: asks
namespace: company.team
tasks:
  - id: wait
    type: io.kestra.plugin.core.flow.Pause
    onResume:
      - id: reason
        type: STRING
      - id: count
        type: INT
        defaults: 3
  - id: say
    type: io.kestra.plugin.core.log.Log
    message: "because {{ outputs.wait.onResume.reason }} {{ outputs.wait.onResume.count }}"
"""

BREAKS = """\
id: breaks
namespace: company.team
inputs:
  - id: name
    type: STRING
    defaults: ann
tasks:
  - id: first
    type: io.kestra.plugin.core.log.Log
    message: "hello {{ inputs.name }}"
  - id: second
    type: io.kestra.plugin.scripts.shell.Commands
    taskRunner:
      type: io.kestra.plugin.core.runner.Process
    commands: ["test -f FLAG"]
"""

CALLS = """\
id: calls
namespace: company.team
tasks:
  - id: child
    type: io.kestra.plugin.core.flow.Subflow
    namespace: company.team
    flowId: measures
"""

MEASURES = """\
id: measures
namespace: company.team
tasks:
  - id: publish
    type: io.kestra.plugin.core.metric.Publish
    metrics:
      - {name: rows, type: counter, value: 12345}
  - id: keep
    type: io.kestra.plugin.core.storage.Write
    extension: .csv
    content: "name;count"
"""

LOOPS = """\
id: loops
namespace: company.team
tasks:
  - id: each
    type: io.kestra.plugin.core.flow.ForEach
    values: "{{ range(1, 1200) }}"
    concurrencyLimit: 0
    tasks:
      - id: say
        type: io.kestra.plugin.core.log.Log
        message: "{{ taskrun.value }}"
"""


@pytest.fixture
def page(browser_path: str, service: Service) -> Iterator[Page]:  # noqa: F811 - the service outlives the page
    """A fresh page that fails the test when a script fails, the console holds an error, or a request leaves."""
    problems: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=list(_QUIET))
        page = browser.new_page(viewport={"width": 1360, "height": 820})
        page.set_default_timeout(_WAIT)
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", lambda line: problems.append(line.text) if line.type == "error" else None)
        page.on("request", lambda request: problems.append(request.url) if _foreign(request.url) else None)
        yield page
        browser.close()
    # A refused input is part of a story, and browsers note every answer of 400 and more.
    assert [problem for problem in problems if "422" not in problem] == []


def push(clone: Clone, service: Service, github: GitHubStub, **sources: str) -> None:
    """Deploy flows."""
    for name, source in sources.items():
        clone.write(f"company/team/{name}.yml", source)
    sha = clone.push("Add")
    service.start()
    github.wait_for(sha, "gitops", "success")


def open_execution(page: Page, service: Service, flow_id: str) -> str:
    """Start the flow and open its page; gives the execution's id."""
    found = service.post(f"/executions/company.team/{flow_id}")["id"]
    page.goto(f"{service.url}/ui/main/executions/company.team/{flow_id}/{found}")
    return str(found)


def expect_state(page: Page, state: str) -> None:
    expect(page.get_by_test_id("state")).to_have_attribute("data-state", state, timeout=_WAIT)


def test_a_pause_is_resumed_with_what_it_asks_for(
    page: Page, service: Service, clone: Clone, github: GitHubStub
) -> None:
    push(clone, service, github, asks=ASKS)
    open_execution(page, service, "asks")
    expect_state(page, "PAUSED")
    page.get_by_test_id("resume").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("It waits at wait.")).to_be_visible()
    dialog.get_by_test_id("submit").click()
    expect(dialog.get_by_text("reason").last).to_be_visible()
    dialog.get_by_label("reason").fill("we like it")
    dialog.get_by_test_id("submit").click()
    expect(page.get_by_text("because we like it 3")).to_be_visible()
    expect_state(page, "SUCCESS")
    page.get_by_test_id("actions").press("Enter")
    expect(page.get_by_role("menuitem")).to_have_text(
        ["Replay", "Mark as …", "Change state", "Set labels", "Delete"], use_inner_text=True
    )
    page.keyboard.press("End")
    page.keyboard.press("Escape")
    expect(page.get_by_role("menu")).to_have_count(0)


def test_what_failed_is_restarted_and_replayed_from_a_task_run_with_other_inputs(
    page: Page, service: Service, clone: Clone, github: GitHubStub, tmp_path: Path
) -> None:
    flag = tmp_path / "flag"
    push(clone, service, github, breaks=BREAKS.replace("FLAG", str(flag)))
    execution = open_execution(page, service, "breaks")
    expect_state(page, "FAILED")
    flag.touch()
    page.get_by_test_id("restart").click()
    expect_state(page, "SUCCESS")
    expect(page.get_by_test_id("attempt-number")).to_have_text("2")

    page.locator("[data-testid=task-run][data-task=second]").click()
    page.get_by_test_id("replay-from").click()
    expect(page.get_by_test_id("task-run-choice")).not_to_have_value("")
    page.get_by_test_id("submit").click()
    page.wait_for_url(lambda url: execution not in url)
    expect_state(page, "SUCCESS")
    expect(page.get_by_test_id("repeats")).to_have_text(execution[:8])

    page.get_by_test_id("actions").click()
    page.get_by_test_id("verb-replay").click()
    page.get_by_test_id("change-inputs").check()
    page.get_by_label("name").fill("bob")
    page.get_by_test_id("submit").click()
    expect(page.get_by_text("hello bob")).to_be_visible()


def test_what_failed_is_restarted_on_another_revision_as_a_new_execution(
    page: Page, service: Service, clone: Clone, github: GitHubStub, tmp_path: Path
) -> None:
    broken = BREAKS.replace("FLAG", str(tmp_path / "flag"))
    push(clone, service, github, breaks=broken)
    execution = open_execution(page, service, "breaks")
    expect_state(page, "FAILED")
    clone.write("company/team/breaks.yml", broken.replace("test -f", "echo"))
    sha = clone.push("Mend")
    service.ask("POST", "/repositories/flows/sync?wait=true")
    github.wait_for(sha, "gitops", "success")
    page.get_by_test_id("actions").click()
    page.get_by_test_id("verb-restart").click()
    page.get_by_test_id("revision-choice").select_option("2 (the newest)")
    page.get_by_test_id("submit").click()
    page.wait_for_url(lambda url: execution not in url)
    expect_state(page, "SUCCESS")
    expect(page.get_by_test_id("repeats")).to_have_text(execution[:8])


def test_what_waits_for_its_turn_says_so_and_is_let_run(
    page: Page, service: Service, clone: Clone, github: GitHubStub
) -> None:
    push(clone, service, github, asks=f"concurrency: {{limit: 1}}\n{ASKS}")
    open_execution(page, service, "asks")
    expect_state(page, "PAUSED")
    open_execution(page, service, "asks")
    expect_state(page, "QUEUED")
    expect(page.get_by_test_id("idle")).to_contain_text("It waits for its turn")
    page.get_by_test_id("actions").click()
    page.get_by_test_id("verb-unqueue").click()
    page.get_by_test_id("submit").click()
    expect_state(page, "PAUSED")


def test_a_called_execution_is_reached_and_leads_back_with_its_metrics_and_files(
    page: Page, service: Service, clone: Clone, github: GitHubStub
) -> None:
    push(clone, service, github, calls=CALLS, measures=MEASURES)
    open_execution(page, service, "calls")
    expect_state(page, "SUCCESS")
    page.get_by_test_id("called").click()
    page.wait_for_url("**/executions/company.team/measures/*")
    page.get_by_test_id("tab-metrics").click()
    expect(page.get_by_test_id("metric")).to_contain_text(["12,345"])
    page.get_by_test_id("tab-outputs").click()
    page.get_by_test_id("outputs").get_by_role("link", name="keep").click()
    page.get_by_test_id("preview").click()
    expect(page.get_by_test_id("file-preview")).to_have_text("name;count")
    page.get_by_text("Try an expression").click()
    page.get_by_test_id("expression").fill("{{ outputs.keep.uri is defined }}")
    page.get_by_test_id("evaluate").click()
    expect(page.get_by_test_id("evaluated")).to_have_text("true")
    page.get_by_test_id("caller").click()
    page.wait_for_url("**/executions/company.team/calls/*")
    page.get_by_test_id("tab-overview").click()
    expect(page.get_by_test_id("called-executions")).to_contain_text("measures")


def test_labels_are_set_and_an_execution_is_deleted(
    page: Page, service: Service, clone: Clone, github: GitHubStub, tmp_path: Path
) -> None:
    push(clone, service, github, breaks=BREAKS.replace("FLAG", str(tmp_path)))
    open_execution(page, service, "breaks")
    expect_state(page, "FAILED")
    page.get_by_test_id("actions").click()
    page.get_by_test_id("verb-labels").click()
    page.get_by_test_id("label-key").last.fill("seen")
    page.get_by_test_id("label-value").last.fill("yes: by ann, twice")
    page.get_by_test_id("submit").click()
    page.get_by_test_id("tab-overview").click()
    expect(page.get_by_text("yes: by ann, twice")).to_be_visible()
    page.get_by_test_id("actions").click()
    page.get_by_test_id("verb-delete").click()
    page.get_by_test_id("submit").click()
    page.wait_for_url("**/ui/main/executions")
    expect(page.get_by_text("Nothing ran yet")).to_be_visible()


def test_many_executions_are_selected_and_killed_at_once(
    page: Page, service: Service, clone: Clone, github: GitHubStub
) -> None:
    push(clone, service, github, asks=ASKS)
    for _ in range(3):
        service.post("/executions/company.team/asks")
    page.goto(f"{service.url}/ui/main/executions")
    expect(page.locator("[data-testid=execution] [data-state=PAUSED]").nth(2)).to_be_visible()
    page.get_by_test_id("select").nth(0).check()
    expect(page.get_by_test_id("bulk")).to_contain_text("1 execution selected")
    page.get_by_test_id("bulk-kill").click()
    page.get_by_test_id("submit").click()
    expect(page.get_by_test_id("bulk-said")).to_have_text("Kill: 1 execution")
    expect(page.locator("[data-testid=execution] .badge[data-state=KILLED]")).to_have_count(1)
    page.goto(f"{service.url}/ui/main/executions?state=PAUSED")
    page.get_by_test_id("select").nth(0).check()
    page.get_by_test_id("select-all").click()
    page.get_by_test_id("bulk-kill").click()
    page.get_by_test_id("submit").click()
    expect(page.get_by_test_id("bulk-said")).to_have_text("Kill: 2 executions")


def test_a_large_loop_is_folded_and_read_when_it_is_opened(
    page: Page, service: Service, clone: Clone, github: GitHubStub
) -> None:
    push(clone, service, github, loops=LOOPS)
    open_execution(page, service, "loops")
    expect_state(page, "SUCCESS")
    expect(page.get_by_test_id("progress")).to_have_text("1,201 of 1,201")
    expect(page.get_by_test_id("task-run")).to_have_count(1)
    page.get_by_label("Unfold").click()
    expect(page.get_by_test_id("gantt")).to_have_attribute("aria-rowcount", "502")
    page.locator("[data-testid=task-run][data-task=say]").first.click()
    for _ in range(3):
        page.keyboard.press("End")
        page.wait_for_timeout(200)
    page.get_by_test_id("gantt").focus()
    page.keyboard.press("End")
    expect(page.get_by_test_id("gantt")).to_have_attribute("aria-rowcount", "1201")
