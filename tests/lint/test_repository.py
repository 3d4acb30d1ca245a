"""Several files and two revisions together: what is known of them, and what `gitops lint` says of real commits."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gitops.cli.main import main
from gitops.lint.linter import Options, SourceFile, lint
from gitops.lint.repository import FlowFile, Repository
from gitops.lint.rule_entry import Profile
from gitops.lint.rules.table import RULES
from gitops.lint.schema.shipped import load_schema
from gitops.lint.source import content
from tests.lint.facts.reading import facts_of
from tests.stories.clone import Clone, flow

CALL = """\
  - id: call
    type: io.kestra.plugin.core.flow.Subflow
    namespace: company.team
    flowId: {}
"""
AFTER = """\
triggers:
  - id: after
    type: io.kestra.plugin.core.trigger.Flow
    preconditions:
      id: when
      flows:
        - namespace: company.team
          flowId: {}
"""
READING = "'{{ inputs.person }}'"
PERSON = "inputs:\n  - id: person\n    type: STRING\n"


def repository(*files: SourceFile) -> Repository:
    """Files as rules see them."""
    there = [
        FlowFile(file, facts_of(file.source), facts_of(file.base) if file.base else None)
        for file in files
        if isinstance(file.source, bytes)
    ]
    gone = {file.path: facts_of(file.base) for file in files if file.source is None and file.base}
    return Repository(tuple(there), gone, Options())


class Bare:
    """A bare repository that is linted without a work tree."""

    def __init__(self, clone: Clone, capsys: pytest.CaptureFixture[str]) -> None:
        self.clone = clone
        self._capsys = capsys

    def said(self, *arguments: str) -> list[tuple[str, str, str]]:
        """The file, the severity and the rule of everything that is found in the newest commit."""
        main(["lint", "--rev", "main", "--format", "json", *arguments])
        findings = json.loads(self._capsys.readouterr().out)["findings"]
        return [(each["path"], each["severity"], each["rule"]) for each in findings]


@pytest.fixture
def bare(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Bare:
    """Five flows, of which three need another one, pushed and without findings."""
    clone = Clone(tmp_path / "clone", tmp_path / "origin.git")
    for name in ("changed", "deleted", "renamed"):
        clone.write(f"company/team/{name}.yml", flow(name))
        clone.write(f"company/team/needs_{name}.yml", flow(f"needs_{name}") + CALL.format(name))
    clone.write("company/team/follows.yml", flow("follows") + AFTER.format("deleted"))
    clone.push("Seven flows")
    monkeypatch.chdir(clone.bare)
    found = Bare(clone, capsys)
    assert found.said() == []
    return found


def test_a_commit_that_breaks_others_is_told_where_it_matters(bare: Bare) -> None:
    bare.clone.write("company/team/changed.yml", PERSON + flow("changed", message=READING))
    bare.clone.remove("company/team/deleted.yml")
    bare.clone.write("company/team/renamed.yml", flow("other_name"))
    bare.clone.push("Break everything")
    expected = [
        ("company/team/changed.yml", "error", "breaking-input"),
        ("company/team/follows.yml", "error", "deleted-but-referenced"),
        ("company/team/needs_deleted.yml", "error", "deleted-but-referenced"),
        ("company/team/needs_renamed.yml", "error", "deleted-but-referenced"),
        ("company/team/renamed.yml", "warning", "id-changed"),
    ]
    assert bare.said() == expected
    assert bare.said("--changed=main~1") == expected
    assert bare.said("--base", "main") == [
        ("company/team/follows.yml", "warning", "unknown-trigger-flow"),
        ("company/team/needs_changed.yml", "error", "missing-subflow-input"),
        ("company/team/needs_deleted.yml", "warning", "unknown-subflow"),
        ("company/team/needs_renamed.yml", "warning", "unknown-subflow"),
    ]


def test_a_commit_that_changes_the_callers_along_is_fine(bare: Bare) -> None:
    bare.clone.write("company/team/changed.yml", PERSON + flow("changed", message=READING))
    bare.clone.write(
        "company/team/needs_changed.yml",
        flow("needs_changed") + CALL.format("changed") + "    inputs:\n      person: Ann\n",
    )
    bare.clone.remove("company/team/deleted.yml")
    bare.clone.remove("company/team/follows.yml")
    bare.clone.write("company/team/needs_deleted.yml", flow("needs_deleted"))
    bare.clone.move("company/team/renamed.yml", "company/team/later/renamed.yml")
    bare.clone.push("Change everything")
    assert [found for found in bare.said() if found[2] != "path-mismatch"] == []


def test_a_flow_that_is_moved_to_another_file_is_still_there(bare: Bare) -> None:
    bare.clone.move("company/team/deleted.yml", "company/team/elsewhere.yml")
    bare.clone.push("Move it")
    assert bare.said() == []


def test_the_base_revision_is_known_by_flow() -> None:
    one, two = flow("one").encode(), flow("two").encode()
    found = repository(
        SourceFile("a.yml", two, base=one), SourceFile("b.yml", b"id: [", base=two), SourceFile("c.yml", None, base=one)
    )
    was = {name: found.was(("company.team", name)) for name in ("one", "two", "three")}
    assert {name: former and former.path for name, former in was.items()} == {
        "one": "a.yml",
        "two": "b.yml",
        "three": None,
    }
    assert {key: former.path for key, former in found.removed.items()} == {("company.team", "one"): "a.yml"}


def test_a_flow_whose_file_cannot_be_read_now_is_neither_removed_nor_unknown() -> None:
    one = flow("one").encode()
    found = repository(SourceFile("a.yml", b"id: [", base=one))
    assert found.removed == {}
    assert found.has(("company.team", "one"))
    assert not found.has(("company.team", "two"))


def test_only_calls_that_are_made_have_callers() -> None:
    calls = flow("one") + CALL.format("two") + CALL.format("three").replace("call", "off") + "    disabled: true\n"
    disabled = "disabled: true\n" + flow("four") + CALL.format("two")
    found = repository(SourceFile("a.yml", calls.encode()), SourceFile("b.yml", disabled.encode()))
    assert {key: [site.file.path for site in sites] for key, sites in found.callers.items()} == {
        ("company.team", "two"): ["a.yml"]
    }


PIECES = [
    CALL.format("one"),
    CALL.format("two") + "    inputs:\n      person: 1\n",
    CALL.format("'{{ flow.id }}'") + "    inputs: text\n",
    AFTER.format("one"),
    AFTER.format("two").replace("preconditions", "conditions"),
    "inputs:\n  - id: person\n    type: INT\n",
    "inputs:\n  - {id: person, type: SELECT, values: [1, x]}\n  - 3\n",
    "inputs: {a: b}\n",
    "triggers:\n  - id: hook\n    type: io.kestra.plugin.core.trigger.Webhook\n    key: {a: 1}\n",
    "triggers:\n  - id: time\n    type: io.kestra.plugin.core.trigger.Schedule\n    cron: [x]\n",
    "disabled: true\n",
    "revision: 3\n",
    "- no mapping\n",
    "outputs: [{id: x, type: STRING}]\n",
    CALL.format("one") + "    description: '{{ outputs.call.outputs.x }} {{ read(\"y.sql\") }}'\n",
    "'{{ outputs.call.outputs.y }}': 1\n",
]
TEXTS = st.builds(
    lambda name, pieces: (flow(name) + "".join(pieces)).encode(),
    st.sampled_from(["one", "two", "One"]),
    st.lists(st.sampled_from(PIECES), max_size=4),
)
FILES = st.builds(
    SourceFile,
    st.sampled_from(["a.yml", "A.yml", "company/team/b.yml"]),
    st.none() | TEXTS,
    base=st.none() | TEXTS,
    context=st.booleans(),
)
EVERYTHING = Options(
    root="",
    complete=True,
    compared=True,
    profile=Profile.STRICT,
    paths=frozenset(("a.yml", "A.yml", "company/team/b.yml", "_files/x.sql")),
    settings={"namespace-not-owned": {"owned": ("company", "/company/ other")}},
)


@settings(deadline=None)
@given(st.lists(FILES, max_size=3, unique_by=lambda file: file.path))
def test_any_files_and_what_they_were_are_linted_with_places(files: list[SourceFile]) -> None:
    texts = {file.path: content(file.source).decode() for file in files if file.source is not None}
    for finding in lint(files, schema=load_schema(), options=EVERYTHING).findings:
        for path, span in [(finding.file, finding.span), *((each.file, each.span) for each in finding.related)]:
            lines = texts[path].splitlines() or [""]
            assert 1 <= span.line <= span.end_line <= len(lines) + 1
            assert 1 <= span.column <= len([*lines, ""][span.line - 1]) + 1


@settings(deadline=None)
@given(st.lists(FILES, max_size=3, unique_by=lambda file: file.path))
def test_nothing_changes_when_nothing_has_changed(files: list[SourceFile]) -> None:
    same = [file._replace(base=file.source) for file in files if file.source is not None]
    found = {finding.rule for finding in lint(same, schema=load_schema(), options=EVERYTHING).findings}
    assert not found & {rule.name for rule in RULES.values() if "changed" in rule.about}


def test_rules_about_several_files_end_in_good_time_for_many() -> None:
    """Ten thousand names that look alike, and none that is right."""
    schema = load_schema()
    files = [
        SourceFile(f"{number}.yml", (flow(f"flow_{number}") + CALL.format(f"flow_x{number}")).encode())
        for number in range(200)
    ]
    report = lint(files, schema=schema, options=Options(complete=True, profile=Profile.STRICT))
    assert sum(finding.rule == "unknown-subflow" for finding in report.findings) == len(files)
