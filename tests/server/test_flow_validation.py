"""Checking flows that nobody has pushed yet: the linter's findings in the form that Kestra's clients read."""

from __future__ import annotations

import httpx

from gitops.app import App
from tests.server.conftest import HOOKED, add

URL = "/api/v1/main/flows/validate"
BROKEN = HOOKED.replace("message:", "mesage:")
OTHER = HOOKED.replace("id: hooked", "id: other").replace("inputs.name }}", "inputs.name }} {{ inputs.times ?? 1 }}")


def test_a_good_flow_has_no_constraints_and_nothing_is_stored(client: httpx.Client, app: App) -> None:
    (good,) = client.post(URL, content=OTHER).json()
    empty: dict[str, list[object]] = {"warnings": [], "infos": [], "findings": []}
    assert good == {"index": 0, "flow": "other", "namespace": "company.team", "outdated": False, **empty}
    with app.store.database.read() as connection:
        assert app.store.flows.get(connection, "company.team", "other") is None


def test_errors_are_constraints_with_what_was_expected_and_where(client: httpx.Client) -> None:
    (bad,) = client.post(URL, content=BROKEN).json()
    assert {finding["rule"] for finding in bad["findings"]} == {"unknown-property", "missing-property", "unused-input"}
    lines = bad["constraints"].splitlines()
    assert len(lines) == 2
    assert any(line.startswith("16:5: unknown property `mesage`") and "did you mean" in line for line in lines)


def test_warnings_and_infos_are_no_constraints(client: httpx.Client) -> None:
    old = OTHER.replace("io.kestra.plugin.core.log.Log", "io.kestra.core.tasks.log.Log")
    old = old.replace("    type: INT\n", "    type: ENUM\n    values: [a]\n")
    (answer,) = client.post(URL, content=old).json()
    assert "constraints" not in answer
    assert any("`ENUM`" in words for words in answer["warnings"])
    assert any("io.kestra.core.tasks.log.Log" in words for words in answer["infos"])


def test_each_document_is_an_item_in_its_order(client: httpx.Client) -> None:
    """Twelve, so that their order is not that of their numbers as texts."""
    flows = [HOOKED.replace("id: hooked", f"id: flow{number}") for number in range(12)]
    flows[2] = flows[2].replace("message:", "mesage:")
    answer = client.post(URL, content="\n---\n".join(flows)).json()
    assert [(item["index"], item["flow"]) for item in answer] == [(n, f"flow{n}") for n in range(12)]
    assert [item["index"] for item in answer if "constraints" in item] == [2]
    assert answer[2]["constraints"].startswith("14:5: ")


def test_the_same_flow_twice_is_told_at_the_second(client: httpx.Client) -> None:
    first, second = client.post(URL, content=f"{OTHER}---\n{OTHER}").json()
    assert "constraints" not in first
    assert "is already in another file" in second["constraints"]


def test_files_are_named(client: httpx.Client) -> None:
    files = [("files", ("a.yml", HOOKED.encode())), ("files", ("b.yml", BROKEN.encode()))]
    answer = client.post(URL, files=files).json()
    assert [(item["filename"], "constraints" in item) for item in answer] == [("a.yml", False), ("b.yml", True)]
    none = client.post(URL, files=[("name", (None, "text"))])
    words = "expected at least one file in the form, found none; send each flow as a file"
    assert (none.status_code, none.json()["message"]) == (422, words)


def test_what_is_no_flow_is_an_item_too(client: httpx.Client) -> None:
    for body in ("", "- a\n- b\n", "id: [\n", "just words"):
        (item,) = client.post(URL, content=body).json()
        assert item["constraints"], body


def test_a_source_that_names_another_revision_than_the_next_is_outdated(client: httpx.Client, app: App) -> None:
    add(app, HOOKED.replace("hello", "goodbye"))
    outdated = [client.post(URL, content=f"{HOOKED}revision: {number}\n").json()[0]["outdated"] for number in (2, 3)]
    assert outdated == [True, False]


def test_what_this_version_does_not_act_upon_is_a_constraint_as_it_would_be_at_a_push(client: httpx.Client) -> None:
    undone = OTHER + "draft: true\n"
    (answer,) = client.post(URL, content=undone).json()
    assert "this version of gitops does not act on the property `draft`" in answer["constraints"]
