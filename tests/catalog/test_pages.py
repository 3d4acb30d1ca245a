"""The reference pages: what they say about a type, and that they lead to one another."""

from __future__ import annotations

import re
from functools import cache

import pytest

from gitops.catalog.catalogue import catalogue
from gitops.catalog.pages import type_pages

CORE = "io.kestra.plugin.core"


@cache
def pages() -> dict[str, str]:
    return type_pages(catalogue())


def page(name: str) -> str:
    return pages()[f"{name}.md"]


@pytest.mark.parametrize("room", list(catalogue().rooms()))
def test_every_type_has_a_page_that_the_index_leads_to(room: str) -> None:
    for name in catalogue().room(room):
        assert f"`type: {name}`" in page(name)
        assert f"]({name}.md)" in pages()["README.md"]


def test_every_link_leads_to_a_page() -> None:
    links = {link for text in pages().values() for link in re.findall(r"\]\(([^)]+\.md)\)", text)}
    assert links <= set(pages())


def test_a_page_has_the_example_the_own_properties_and_the_outputs() -> None:
    text = page(f"{CORE}.http.Request")
    assert "```yaml\nid: ask" in text
    assert "| `uri` | text with expressions | required | The address. |" in text
    assert "| `code` | integer | The HTTP status. |" in text
    assert "| `headers` | map to list of text | The headers, each with all its values. |" in text


def test_what_all_have_is_on_a_page_of_its_own() -> None:
    every = pages()["every-task.md"]
    assert "| `logLevel` | `TRACE`, `DEBUG`, `INFO`, `WARN`, `ERROR` | `TRACE` |" in every
    assert "| `timeout` | duration, or an expression |" in every
    assert "| `retry` | map, by `type`: `constant`, `exponential`, `random` |" in every
    assert "### `retry` of type `random`" in every
    log = page(f"{CORE}.log.Log")
    assert "`logLevel`" not in log
    assert "And [what every task has](every-task.md)." in log


def test_properties_that_hold_properties_have_a_table_of_their_own() -> None:
    text = page(f"{CORE}.http.Request")
    assert "### `options`" in text
    assert "| `followRedirects` | true or false, or an expression | `true` |" in text


@pytest.mark.parametrize(
    ("name", "note"),
    [
        (f"{CORE}.debug.Echo", "**(deprecated)** use `io.kestra.plugin.core.log.Log`."),
        (f"{CORE}.log.Log", "Old name: `io.kestra.core.tasks.log.Log`."),
        (f"{CORE}.flow.Template", "The V2 language does not have it."),
    ],
)
def test_what_is_special_about_a_type_is_noted(name: str, note: str) -> None:
    assert note in page(name)


def test_what_is_special_about_a_property_is_noted() -> None:
    assert "**Deprecated**: use `options.allowFailed`." in page(f"{CORE}.http.Request")
    assert "**Not available** in this version." in page("io.kestra.plugin.scripts.python.Script")


def test_the_index_notes_what_cannot_be_used() -> None:
    line = next(line for line in pages()["README.md"].splitlines() if f"({CORE}.flow.Template.md)" in line)
    assert line.endswith("*(deprecated)*")


def test_lists_of_tasks_are_said_in_words() -> None:
    assert "| `tasks` | list of tasks | required |" in page(f"{CORE}.flow.Sequential")
