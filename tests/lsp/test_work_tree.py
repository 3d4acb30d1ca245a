"""All files of a work tree are looked at, with what editors have in place of what is on the disk."""

from __future__ import annotations

from pathlib import Path

from gitops.lint.facts.facts import Facts
from gitops.lint.schema.shipped import load_schema
from gitops.lint.source import Options, SourceFile
from gitops.lsp.session import Session, path_of
from gitops.lsp.work_tree import NOTHING_SEEN, TreeFiles, survey

FLOW = "id: a\nnamespace: company\ntasks:\n  - id: t\n    type: io.kestra.plugin.core.log.Log\n    message: m\n"


class Remembering:
    """Facts that are remembered, with how often they were asked for."""

    def __init__(self) -> None:
        self.facts: dict[str, Facts] = {}

    def get(self, blob: str) -> Facts | None:
        return self.facts.get(blob)

    def put(self, blob: str, facts: Facts) -> None:
        self.facts[blob] = facts

    def __contains__(self, blob: str) -> bool:
        return blob in self.facts


def tree(**files: str) -> TreeFiles:
    """A work tree with flows in the folder `company`."""
    sources = [SourceFile(f"company/{name}.yml", text.encode()) for name, text in files.items()]
    return TreeFiles(sources, Options(root="", complete=True), "/flows")


def test_what_is_edited_counts() -> None:
    found = survey(tree(a=FLOW, b=FLOW.replace("id: a", "id: b")), {"company/b.yml": FLOW}, load_schema())
    assert [(each.rule, each.file) for each in found.together] == [("duplicate-flow", "company/b.yml")]
    assert found.flows == {("company", "a"): "company/a.yml"}


def test_a_file_that_is_not_on_the_disk_yet_counts() -> None:
    found = survey(tree(a=FLOW), {"company/new.yml": FLOW.replace("id: a", "id: new")}, load_schema())
    assert set(found.flows) == {("company", "a"), ("company", "new")}


def test_what_is_typed_is_not_remembered() -> None:
    known = Remembering()
    survey(tree(a=FLOW), {"company/a.yml": FLOW + "# typing\n"}, load_schema(), known)
    assert known.facts == {}
    survey(tree(a=FLOW), {}, load_schema(), known)
    assert len(known.facts) == 1


def test_a_look_may_be_given_up() -> None:
    assert survey(tree(a=FLOW), {}, load_schema(), stopped=lambda: True) is NOTHING_SEEN


def test_a_document_belongs_to_the_innermost_folder(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    session = Session(load_schema())
    outer_tree, inner_tree = session.add_folder(tmp_path.as_uri()), session.add_folder(inner.as_uri())
    assert session.add_folder(inner.as_uri()) is None
    assert session.open((inner / "a.yml").as_uri(), FLOW, 1).path == "a.yml"
    assert session.tree((inner / "a.yml").as_uri()) is inner_tree
    assert session.tree((tmp_path / "a.yml").as_uri()) is outer_tree
    session.remove_folder(inner.as_uri())
    assert session.tree((inner / "a.yml").as_uri()) is outer_tree


def test_a_document_may_lie_nowhere() -> None:
    session = Session(load_schema())
    there = session.open("untitled:Untitled-1", FLOW.replace("message", "mesage"), 1)
    assert {each.rule for each in session.findings(there)} == {"missing-property", "unknown-property"}


def test_addresses_of_files_are_read() -> None:
    assert path_of("file:///a%20b/%C3%A4.yml") == Path("/a b/ä.yml")
    assert path_of("untitled:x") is None
    assert path_of("file:///a%00b") is None
