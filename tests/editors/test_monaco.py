"""Monaco with its YAML support in a real browser: the editor that the pages of a service can hold."""

from __future__ import annotations

import functools
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from gitops.catalog.catalogue import catalogue
from tests.browser_setup import find_browser
from tests.editors.flow_texts import in_list, in_tasks, nested
from tests.editors.language_server import place_in
from tests.editors.node import HERE, Node, package

pytestmark = [pytest.mark.editor, pytest.mark.browser, pytest.mark.xdist_group("editors")]

_QUIET = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking")
_WAIT = 30_000
_ENTRIES = {
    "main": HERE / "page/main.js",
    "yaml.worker": "monaco-yaml/yaml.worker.js",
    "editor.worker": "monaco-editor/esm/vs/editor/editor.worker.js",
}
_OPTIONS = ("--bundle", "--format=esm", "--loader:.ttf=file", "--log-level=error")
LOG = "io.kestra.plugin.core.log.Log"


@pytest.fixture(scope="module")
def site(node: Node, schema_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page with everything that it loads, in a folder."""
    folder = tmp_path_factory.mktemp("site")
    shutil.copy(HERE / "page/index.html", folder)
    shutil.copy(schema_file, folder / "flow.schema.json")
    entries = [f"{name}={entry}" for name, entry in _ENTRIES.items()]
    node.run(package("esbuild") / "bin/esbuild", *entries, *_OPTIONS, f"--outdir={folder}")
    return folder


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    """Where the page is served."""
    handler = functools.partial(_SilentHandler, directory=str(site))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def page(address: str) -> Iterator[Page]:
    """The editor in a browser; without one the tests are skipped, and fail in CI."""
    path = find_browser()
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("no browser on this machine")
        pytest.skip("no browser on this machine")
    problems: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(_QUIET))
        page = browser.new_page(viewport={"width": 1240, "height": 740})
        page.set_default_timeout(_WAIT)
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("request", lambda request: None if request.url.startswith(address) else problems.append(request.url))
        page.goto(address)
        page.wait_for_function("window.editor")
        yield page
        browser.close()
    assert problems == []


class _SilentHandler(SimpleHTTPRequestHandler):
    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


def show(page: Page, marked: str) -> None:
    """Put a text into the editor, and the cursor where it is marked."""
    place = place_in(marked)
    page.keyboard.press("Escape")
    page.evaluate("place => show(...place)", [place.text, place.line + 1, place.character + 1])


def offered(page: Page, marked: str) -> list[str]:
    """What is offered at the cursor, read as a person reads it: one line of the list after the other."""
    show(page, marked)
    page.keyboard.press("Control+Space")
    row = page.locator(".suggest-widget.visible .monaco-list-row.focused")
    expect(row).to_have_count(1, timeout=_WAIT)
    labels: list[str] = []
    for index in range(int(row.get_attribute("aria-setsize") or 0)):
        if index:
            page.keyboard.press("ArrowDown")
        expect(row).to_have_attribute("data-index", str(index))
        labels.append(row.locator(".label-name").inner_text())
    return labels


def test_every_task_type_is_offered_after_type(page: Page) -> None:
    assert sorted(offered(page, in_tasks("id: t\ntype: |"))) == sorted(catalogue().room("Task"))


def test_every_trigger_type_is_offered_among_triggers(page: Page) -> None:
    assert sorted(offered(page, in_list("triggers", "id: t\ntype: |"))) == sorted(catalogue().room("Trigger"))


@pytest.mark.parametrize("place", [in_tasks, nested])
def test_the_properties_of_the_type_are_offered_and_no_others(page: Page, place: Callable[[str], str]) -> None:
    labels = offered(page, place(f"id: t\ntype: {LOG}\n|"))
    assert {"message", "level", "retry", "runIf", "when"} <= set(labels)
    assert not {"uri", "tasks", "commands", "id", "type"} & set(labels)


def test_a_chosen_type_is_written(page: Page) -> None:
    show(page, in_tasks("id: t\ntype: |"))
    page.keyboard.press("Control+Space")
    expect(page.locator(".suggest-widget.visible .monaco-list-row.focused")).to_have_count(1, timeout=_WAIT)
    page.keyboard.type("core.log.Log")
    page.keyboard.press("Enter")
    page.wait_for_function("line => editor.getValue().includes(line)", arg=f"type: {LOG}\n")


def test_values_are_offered(page: Page) -> None:
    labels = offered(page, in_tasks(f"id: t\ntype: {LOG}\nmessage: m\nlevel: |"))
    assert sorted(labels) == ["DEBUG", "ERROR", "INFO", "TRACE", "WARN"]


@pytest.mark.parametrize("name", [LOG, "io.kestra.core.tasks.log.Log"])
def test_a_mistake_is_marked_and_what_is_right_is_not(page: Page, name: str) -> None:
    show(page, in_tasks(f"id: t\ntype: {name}\nmessage: m\nmesage: m|"))
    page.wait_for_function("() => JSON.stringify(markers()) === '[[7,\"Property mesage is not allowed.\"]]'")
    show(page, in_tasks(f"id: t\ntype: {name}\nmessage: m|"))
    page.wait_for_function("() => markers().length === 0")
