"""Which files are flows, in what order findings come, and what the linter never does."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from gitops.lint.analysis import MOST_FINDINGS
from gitops.lint.finding import Severity
from gitops.lint.linter import Options, Report, SourceFile, lint
from gitops.lint.rules.table import RULES
from gitops.lint.schema.kinds import Schema

GOOD = b"""\
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
"""


def found(report: Report) -> list[tuple[str, str]]:
    return [(finding.file, finding.rule) for finding in report.findings]


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("notes.txt", b"tasks: []"),
        (".github/workflows/build.yml", b"tasks: []"),
        ("a/.hidden/flow.yml", b"tasks: []"),
        ("compose.yml", b"services: {}"),
        ("compose.yml", b"services: {}\n---\nservices: {}"),
        ("playbook.yml", b"- hosts: all\n  tasks: []"),
        ("text.yaml", b"just text"),
    ],
)
def test_a_file_that_holds_no_flow_is_skipped_unless_it_is_named(path: str, source: bytes, schema: Schema) -> None:
    report = lint([SourceFile(path, source)], schema=schema, options=Options())
    counted = int(not path.startswith(".") and "/." not in path)
    assert (report.files, report.skipped, report.findings) == (0, counted, ())
    named = lint([SourceFile(path, source, named=True)], schema=schema, options=Options())
    assert (named.files, named.skipped, named.failed) == (1, 0, True)


@pytest.mark.parametrize(
    ("source", "rule"),
    [
        (b"tasks: []", "empty-tasks"),
        (b"namespace: a", "missing-property"),
        (b"services: [", "yaml-syntax"),
        (b"", "empty-file"),
        (b"# nothing", "empty-file"),
    ],
)
def test_a_file_that_may_hold_a_flow_is_linted(source: bytes, rule: str, schema: Schema) -> None:
    report = lint([SourceFile("flow.yaml", source)], schema=schema, options=Options())
    assert report.files == 1
    assert rule in {finding.rule for finding in report.findings}


def test_findings_come_by_file_line_column_and_rule(schema: Schema) -> None:
    two = b"id: a b\nnamespace: A\ntasks: []\n"
    report = lint([SourceFile("b.yml", two), SourceFile("a.yml", b"tasks: x")], schema=schema, options=Options())
    assert found(report) == [
        ("a.yml", "missing-property"),
        ("a.yml", "wrong-kind"),
        ("b.yml", "invalid-id"),
        ("b.yml", "invalid-id"),
        ("b.yml", "empty-tasks"),
    ]


def test_a_good_flow_has_no_findings(schema: Schema) -> None:
    report = lint([SourceFile("company/team/hello.yml", GOOD)], schema=schema, options=Options(root=""))
    assert report == Report((), files=1)
    assert not report.failed


def test_problems_of_the_text_do_not_hide_those_of_the_flow(schema: Schema) -> None:
    source = GOOD + b"    message: again\n    mesage: typo\n"
    report = lint([SourceFile("a.yml", source)], schema=schema, options=Options())
    assert found(report) == [("a.yml", "duplicate-key"), ("a.yml", "unknown-property")]


def test_counts_are_by_severity(schema: Schema) -> None:
    report = lint([SourceFile("a.yml", b"tasks: []")], schema=schema, options=Options())
    assert report.counts() == {Severity.ERROR: 2, Severity.WARNING: 0, Severity.INFO: 0}


def test_a_file_full_of_mistakes_ends(schema: Schema) -> None:
    source = GOOD + b"".join(b"x%d: 1\n" % number for number in range(5_000))
    report = lint([SourceFile("a.yml", source)], schema=schema, options=Options())
    assert len(report.findings) == MOST_FINDINGS


@pytest.mark.parametrize(
    ("root", "path", "expected"),
    [
        ("", "hello.yml", False),
        ("", "other/hello.yml", True),
        ("flows", "flows/hello.yml", False),
        ("flows/", "flows/company/team/hello.yml", False),
        ("flows", "flows/other/hello.yml", True),
        ("flows", "elsewhere/hello.yml", False),
        ("flows", "flowsy/hello.yml", False),
        (None, "other/hello.yml", False),
    ],
)
def test_the_root_says_where_namespaces_begin(root: str | None, path: str, expected: bool, schema: Schema) -> None:
    report = lint([SourceFile(path, GOOD)], schema=schema, options=Options(root=root))
    assert found(report) == ([(path, "path-mismatch")] if expected else [])


def test_a_flow_that_another_repository_path_still_holds_has_not_moved(schema: Schema) -> None:
    moved = GOOD.replace(b"company.team", b"company.other")
    gone = [SourceFile("a.yml", None, base=GOOD), SourceFile("c.yml", None, base=moved)]
    report = lint([SourceFile("b.yml", moved), *gone], schema=schema)
    assert report.findings == ()


def test_a_flow_whose_file_cannot_be_read_now_has_not_moved(schema: Schema) -> None:
    broken = SourceFile("a.yml", b"id: [", base=GOOD)
    other = SourceFile("b.yml", GOOD.replace(b"company.team", b"company.other"))
    report = lint([broken, other], schema=schema)
    assert found(report) == [("a.yml", "yaml-syntax")]


def test_an_id_and_namespace_that_both_changed_under_one_path_are_a_finding(schema: Schema) -> None:
    changed = GOOD.replace(b"company.team", b"company.other").replace(b"id: hello", b"id: bye")
    report = lint([SourceFile("a.yml", changed, base=GOOD)], schema=schema, options=Options())
    assert [finding.message for finding in report.findings] == [
        "the namespace and the id of flow `hello` have changed; they are immutable"
    ]


@pytest.mark.parametrize("rule", ["namespace-changed", "duplicate-flow"])
def test_flows_without_ids_are_not_compared(rule: str, schema: Schema) -> None:
    files = [SourceFile("a.yml", b"tasks: []", base=GOOD), SourceFile("b.yml", b"tasks: []")]
    report = lint(files, schema=schema)
    assert rule not in {finding.rule for finding in report.findings}


HEAVY = [
    *("pydantic", "fastapi", "sqlalchemy", "pygit2", "jsonschema", "jsonschema_rs", "httpx", "apscheduler"),
    *("dataclasses", "inspect", "pathlib", "subprocess", "hashlib", "shutil", "logging", "difflib", "zoneinfo"),
    *("multiprocessing", "concurrent.futures", "importlib.metadata", "cronsim", "ssl"),
]
"""What takes milliseconds to import and is not needed to lint one sound file."""


def test_the_command_starts_without_heavy_packages(tmp_path: Path) -> None:
    (tmp_path / "hello.yml").write_bytes(GOOD)
    code = f"""\
import sys
from gitops.cli.main import main
main(["lint", "hello.yml"])
print([name for name in {HEAVY} if name in sys.modules])
"""
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache")}
    for _ in range(2):  # a file that is new, and one that was seen before
        answer = subprocess.run(
            [sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
        )
        assert answer.stdout.splitlines() == ["1 file, no findings", "[]"]


LINES = st.sampled_from(
    [*list(GOOD.decode().splitlines(keepends=True)), "    timeout: x\n", "triggers:\n", "errors:\n"]
)
PIECES = st.sampled_from(
    [
        "  ",
        "- ",
        "{{ x }}",
        "[]",
        "{",
        ":",
        "\n",
        "type",
        "7",
        "null\n",
        "&a ",
        "*a",
        "'",
        "retry:\n",
        "labels: {system.a: b}\n",
    ]
)


STRICT = Options(root="", dialect="v2", defaults=({"type": "io", "values": {"retry": {"type": "constant"}}},))
LENIENT = Options(lenient=True)


def check_places(source: bytes, schema: Schema, options: Options) -> None:
    """Whatever is found has a rule and a place in the file."""
    report = lint([SourceFile("a.yml", source, named=True)], schema=schema, options=options)
    lines = re.split("\r\n|\n|\r", source.decode(errors="replace").removeprefix("\ufeff"))
    for finding in report.findings:
        assert finding.rule in RULES
        assert 1 <= finding.span.line <= len(lines)
        assert 1 <= finding.span.column <= len(lines[finding.span.line - 1]) + 1
        assert (finding.span.line, finding.span.column) <= (finding.span.end_line, finding.span.end_column)


@settings(deadline=None)
@given(st.lists(st.one_of(LINES, PIECES)).map("".join), st.sampled_from([STRICT, LENIENT]))
def test_any_text_is_linted_with_places_and_known_rules(schema: Schema, source: str, options: Options) -> None:
    check_places(source.encode(), schema, options)


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_linted(schema: Schema, source: bytes) -> None:
    check_places(source, schema, Options())


TYPES = st.sampled_from(
    [
        *("flow.Switch", "flow.Dag", "flow.Pause", "flow.Subflow", "flow.WorkingDirectory", "flow.Sequential"),
        *("log.Log", "trigger.Flow", "trigger.Webhook", "condition.Not", "condition.DateTimeBetween", "debug.Echo"),
    ]
).map("io.kestra.plugin.core.{}".format)
WORDS = st.one_of(TYPES, st.sampled_from(["hello", "STRING", "PT1S", "", "{{ x }}", "constant", "exponential"]))
NAMES = st.sampled_from(
    [
        *("id", "type", "tasks", "task", "dependsOn", "inputs", "cases", "defaults", "onPause", "onResume", "retry"),
        *("interval", "maxInterval", "maxAttempt", "maxAttempts", "conditions", "after", "workerGroup", "flowId"),
        *("namespace", "name", "values", "preconditions", "timeWindow", "when", "runIf", "required", "x"),
    ]
)
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-1, 1), WORDS),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(NAMES, inner, max_size=5)),
)
PARTS = st.one_of(VALUES, st.lists(st.fixed_dictionaries({"id": WORDS, "type": WORDS}, optional={"inputs": VALUES})))
FLOWS = st.dictionaries(
    st.sampled_from(
        ["id", "namespace", "tasks", "triggers", "inputs", "outputs", "listeners", "pluginDefaults", "taskDefaults"]
    ),
    PARTS,
)


@settings(deadline=None)
@given(FLOWS, st.sampled_from([Options(), STRICT, LENIENT]))
def test_any_data_in_the_shape_of_a_flow_is_linted(schema: Schema, data: object, options: Options) -> None:
    check_places(yaml.safe_dump(data).encode(), schema, options)


def test_properties_that_are_not_known_are_ignored_in_flows_that_were_stored_once(schema: Schema) -> None:
    file = SourceFile("a.yml", GOOD + b"    lvel: WARN\n")
    assert [name for _, name in found(lint([file], schema=schema))] == ["unknown-property"]
    assert lint([file], schema=schema, options=Options(lenient=True)).findings == ()


def test_what_a_default_of_the_service_provides_is_not_missing(schema: Schema) -> None:
    file = SourceFile("a.yml", GOOD.replace(b"    message: Hello\n", b""))
    given = {"type": "io.kestra.plugin.core.log", "values": {"message": "Hello", "level": "WARN"}}
    assert [name for _, name in found(lint([file], schema=schema))] == ["missing-property"]
    assert lint([file], schema=schema, options=Options(defaults=(given,))).findings == ()


def test_a_default_of_the_service_that_is_wrong_is_told_where_it_counts(schema: Schema) -> None:
    given = {"type": "io.kestra.plugin.core.log.Log", "values": {"level": "LOUD"}}
    [finding] = lint([SourceFile("a.yml", GOOD)], schema=schema, options=Options(defaults=(given,))).findings
    assert finding.message == "in the plugin default for `level`: invalid value for `level`"
    assert finding.span.line == 4
