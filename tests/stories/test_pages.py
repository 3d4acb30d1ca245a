"""The pages in a real browser, over a real service: flows, a commit with its findings, an execution with its log."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from gitops.server.server import STATIC
from tests.browser_setup import find_browser
from tests.stories.clone import Clone, flow
from tests.stories.service import Service
from tests.stubs.github import GitHubStub

pytestmark = [pytest.mark.story, pytest.mark.browser]

# Chromium must not look for its maker's hosts: what leaves this machine is a finding.
_QUIET = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking")
_WAIT = 20_000


@pytest.fixture(scope="session")
def browser_path() -> str:
    """A Chromium; without one the tests are skipped, and fail in CI."""
    path = find_browser()
    if path is None or not STATIC.joinpath("index.html").is_file():
        reason = "no browser on this machine" if path is None else "the pages are not built: run `pip install -e .`"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return path


@pytest.fixture
def page(browser_path: str) -> Iterator[Page]:
    """A fresh page that fails the test when a script fails or a request leaves the machine."""
    problems: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=list(_QUIET))
        page = browser.new_page(viewport={"width": 1360, "height": 820})
        page.set_default_timeout(_WAIT)
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("request", lambda request: problems.append(request.url) if _foreign(request.url) else None)
        yield page
        browser.close()
    assert problems == []


def _foreign(url: str) -> bool:
    return not url.startswith(("http://127.0.0.1:", "data:", "blob:"))


def test_flows_are_listed_and_one_is_run_from_its_page(
    page: Page, service: Service, clone: Clone, github: GitHubStub
) -> None:
    more = "description: |\n  Greets **everybody**.\nlabels:\n  owner: data\ninputs:\n  - id: name\n    type: STRING\n"
    clone.write("company/team/greet.yml", flow("greet", message="hello {{ inputs.name }}", more=more))
    sha = clone.push("Add greet")
    service.start()
    github.wait_for(sha, "gitops", "success")

    page.goto(f"{service.url}/")
    page.get_by_role("link", name="greet").first.click()
    expect(page.locator("strong", has_text="everybody")).to_be_visible(timeout=_WAIT)

    page.get_by_role("button", name="Run").first.click()
    page.get_by_label("name").fill("ann")
    page.get_by_role("dialog").get_by_role("button", name="Run").click()
    page.wait_for_url("**/executions/company.team/greet/*")
    expect(page.get_by_text("hello ann").first).to_be_visible(timeout=_WAIT)
    expect(page.locator("[data-state=SUCCESS]").first).to_be_visible(timeout=_WAIT)


def test_a_running_execution_is_followed_live_and_killed(
    page: Page, tmp_path: Path, service: Service, clone: Clone, github: GitHubStub
) -> None:
    clone.write(
        "company/team/slow.yml",
        """\
        id: slow
        namespace: company.team
        tasks:
          - id: first
            type: io.kestra.plugin.core.log.Log
            message: begun
          - id: second
            type: io.kestra.plugin.scripts.shell.Commands
            commands: ["echo working; sleep 120"]
        """,
    )
    sha = clone.push("Add slow")
    service.start()
    github.wait_for(sha, "gitops", "success")
    execution = service.post("/executions/company.team/slow")
    page.goto(f"{service.url}/ui/main/executions/company.team/slow/{execution['id']}")
    expect(page.get_by_text("working").first).to_be_visible(timeout=_WAIT)
    expect(page.locator("[data-state=RUNNING]").first).to_be_visible(timeout=_WAIT)

    page.get_by_role("button", name="Kill").first.click()
    confirm = page.get_by_role("dialog").get_by_role("button", name="Kill")
    if confirm.count():
        confirm.click()
    expect(page.locator("[data-state=KILLED]").first).to_be_visible(timeout=_WAIT)


def test_a_refused_commit_shows_its_findings_and_its_statuses(
    page: Page, service: Service, clone: Clone, github: GitHubStub
) -> None:
    clone.write("company/team/one.yml", flow("one").replace("message", "mesage"))
    sha = clone.push("Misspell")
    service.start()
    target = github.wait_for(sha, "gitops", "failure").target_url
    assert target is not None
    page.goto(target)
    expect(page.get_by_role("heading", name="Misspell")).to_be_visible(timeout=_WAIT)
    expect(page.get_by_text("company/team/one.yml:6:5")).to_be_visible(timeout=_WAIT)
    expect(page.get_by_text("did you mean")).to_be_visible(timeout=_WAIT)
    expect(page.get_by_text("2 errors in 1 file").first).to_be_visible(timeout=_WAIT)


def test_a_service_with_a_token_asks_for_it_once(
    page: Page, service: Service, clone: Clone, github: GitHubStub
) -> None:
    service._settings["token"] = "a long token"
    service.start()
    page.goto(f"{service.url}/ui/main/flows")
    page.get_by_test_id("token").fill("a long token")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Flows", exact=True)).to_be_visible(timeout=_WAIT)
    page.reload()
    expect(page.get_by_role("heading", name="Flows", exact=True)).to_be_visible(timeout=_WAIT)
    expect(page.get_by_test_id("token")).to_have_count(0)
