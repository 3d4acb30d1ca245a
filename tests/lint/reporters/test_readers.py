"""What is written is read by those it is written for: parsers of the formats, and the schemas that are published."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import jsonschema
import pytest

from gitops.lint.finding import Finding, Severity
from gitops.lint.fixing import apply
from gitops.lint.report import Report
from gitops.lint.reporters import FORMATS, reporter
from gitops.lint.reporters.sarif import MOST_RESULTS
from gitops.lint.rules.table import RULES
from gitops.lint.telling.view import View
from tests.editors.node import installed, package
from tests.lint.reporters.hostile import CLEAN, FINDINGS, HOSTILE, LOUD, ODD, REPORT, SECRET, TEXTS, TWICE, TYPO

VIEW = View(texts=TEXTS.get)
ALL = VIEW._replace(suppressed=True)
JSON = ("json", "sarif", "gitlab", "rdjson")
NOT_READ_BY_OTHERS = {"text"}


def text(name: str, report: Report = REPORT, view: View = VIEW) -> str:
    return "".join(reporter(name)(report, view))


def read(name: str, report: Report = REPORT, view: View = VIEW) -> Any:
    return json.loads(text(name, report, view))


def of_rules(*names: str) -> Report:
    return Report(tuple(TYPO._replace(rule=name, severity=RULES[name].severity) for name in names), files=1)


@pytest.mark.parametrize("name", FORMATS)
def test_no_secret_and_nothing_that_is_no_text_is_written(name: str) -> None:
    for view in (VIEW, View(), ALL):
        written = text(name, view=view)
        assert "hunter2" not in written
        assert "\x1b" not in written
        assert "\x00" not in written
        written.encode()


@pytest.mark.parametrize("name", FORMATS)
def test_every_finding_is_there(name: str) -> None:
    for finding in FINDINGS:
        assert text(name).count(finding.rule) >= 1


@pytest.mark.parametrize("name", JSON)
def test_json_is_ascii(name: str) -> None:
    assert text(name).isascii()


def test_json_lines_are_the_findings_of_json() -> None:
    lines = [json.loads(line) for line in text("jsonl").splitlines()]
    assert lines == [{"version": 2, **finding} for finding in read("json")["findings"]]


# --- SARIF ---------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def sarif_schema() -> Any:
    """The schema that the format's authors publish; without the registries the tests are skipped, and fail in CI."""
    try:
        installed()
    except (OSError, subprocess.CalledProcessError) as error:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"the schema cannot be installed: {error}")
    return json.loads((package("@microsoft/jest-sarif") / "lib/schemas/sarif-2.1.0-rtm.5.json").read_text())


@pytest.mark.editor
@pytest.mark.parametrize("report", [REPORT, CLEAN, of_rules(*RULES)], ids=["hostile", "clean", "all rules"])
@pytest.mark.parametrize("view", [VIEW, ALL], ids=["told", "all"])
def test_sarif_is_what_its_schema_says(sarif_schema: Any, report: Report, view: View) -> None:
    validator = jsonschema.Draft4Validator(sarif_schema, format_checker=jsonschema.FormatChecker())
    assert [error.message for error in validator.iter_errors(read("sarif", report, view))] == []


def results(report: Report = REPORT, view: View = VIEW) -> list[Any]:
    found: list[Any] = read("sarif", report, view)["runs"][0]["results"]
    return found


def test_sarif_tells_what_is_suppressed_only_when_it_is_asked_for() -> None:
    assert not any("suppressions" in result for result in results())
    suppressed = [result for result in results(view=ALL) if "suppressions" in result]
    said = {(each["suppressions"][0]["kind"], each["baselineState"], each["ruleId"]) for each in suppressed}
    assert said == {("inSource", "new", "let-be"), ("external", "unchanged", "old-one")}
    reasons = [each["suppressions"][0]["justification"] for each in suppressed]
    assert sum(reason.startswith("because ") and reason.endswith(" (until 2027-03-01)") for reason in reasons) == 1
    assert "no reason is given" in reasons
    assert "in the baseline since 2026-11-23" in reasons


def test_sarif_says_what_is_new_only_beside_a_baseline() -> None:
    assert {result["baselineState"] for result in results()} == {"new"}
    assert not any("baselineState" in result for result in results(of_rules(*RULES)))


def test_sarif_fingerprints_are_those_of_json() -> None:
    marks = {result["partialFingerprints"]["gitops/v1"] for result in results(view=ALL)}
    whole = read("json")
    untold = [*whole["suppressed"], *whole["baseline"]["known"]]
    assert marks == {finding["fingerprint"] for finding in [*whole["findings"], *untold]}
    assert len(marks) == len(FINDINGS) + 3


def test_json_tells_what_is_let_be_and_why() -> None:
    first, second = read("json")["suppressed"]
    assert first["suppressed"]["line"] == 5
    assert first["suppressed"]["until"] == "2027-03-01"
    assert second["suppressed"] == {"line": 6}
    assert read("json")["baseline"]["known"][0]["firstSeen"] == "2026-11-23"
    assert "baseline" not in read("json", CLEAN)


def test_sarif_is_one_line_without_spaces() -> None:
    assert text("sarif").count("\n") == 1
    assert '": "' not in text("sarif", CLEAN)


def test_sarif_results_name_their_rules() -> None:
    rules = read("sarif")["runs"][0]["tool"]["driver"]["rules"]
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in results())


def test_sarif_paths_are_relative_addresses() -> None:
    place = next(result for result in results() if result["ruleId"] == LOUD.rule)["locations"][0]["physicalLocation"]
    uri = place["artifactLocation"]["uri"]
    assert re.fullmatch(r"[A-Za-z0-9._~/%-]+", uri)
    assert unquote(uri) == ODD


def test_sarif_messages_hold_no_links() -> None:
    message = next(result for result in results() if result["ruleId"] == LOUD.rule)["message"]["text"]
    assert not re.search(r"(?<!\\)\]\(", message)
    assert "{{ x }}" in message


def test_sarif_tells_hosts_what_a_rule_is() -> None:
    report = of_rules(*(rule for rule in RULES if RULES[rule].family in {"security", "syntax", "style"}))
    rules = read("sarif", report)["runs"][0]["tool"]["driver"]["rules"]
    assert rules
    for rule in rules:
        properties = rule["properties"]
        assert rule["helpUri"].endswith(f"/{rule['id']}")
        assert rule["help"]["markdown"].startswith(rule["shortDescription"]["text"])
        assert len(properties["tags"]) <= 10
        assert ("security" in properties["tags"]) == ("security-severity" in properties)


def test_sarif_leaves_out_the_least_when_there_is_too_much() -> None:
    many = [TYPO._replace(severity=Severity.INFO, fix=None)] * MOST_RESULTS
    report = Report((*many, TYPO), files=1)
    run = read("sarif", report)["runs"][0]
    assert len(run["results"]) == MOST_RESULTS
    assert run["results"][0]["level"] == "error"
    assert run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"].startswith("1 more finding")


def test_sarif_fixes_do_what_the_fix_does() -> None:
    result = next(result for result in results() if result["ruleId"] == TYPO.rule)
    (change,) = result["fixes"][0]["artifactChanges"]
    (replacement,) = change["replacements"]
    assert replacement["insertedContent"]["text"] == "message"
    assert replacement["deletedRegion"] == {"startLine": 6, "startColumn": 5, "endLine": 6, "endColumn": 11}


# --- hosts that read what is printed --------------------------------------------------------------------------------


def commands(form: str, pattern: str) -> Iterator[re.Match[str]]:
    for line in text(form).splitlines():
        match = re.fullmatch(pattern, line)
        if match:
            yield match


def unescaped(value: str, escapes: dict[str, str]) -> str:
    """What a runner reads: its escapes undone, the percent sign last."""
    for escape, character in escapes.items():
        value = value.replace(escape, character)
    return value


GITHUB = {"%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ",", "%25": "%"}
AZURE = {"%3B": ";", "%0D": "\r", "%0A": "\n", "%5D": "]", "%AZP25": "%"}


def test_github_reads_one_command_a_line() -> None:
    found = [*commands("github", r"::(error|warning|notice) ([^:]*)::(.*)")]
    assert len(found) == len(FINDINGS) == len(text("github").splitlines())
    assert [match[1] for match in found] == ["error", "error", "warning", "warning", "notice", "notice"]
    loud = next(match for match in found if LOUD.rule in match[2])
    properties = dict(pair.split("=", 1) for pair in loud[2].split(","))
    assert unescaped(properties["file"], GITHUB) == ODD
    assert properties["title"] == f"gitops lint%3A {LOUD.rule}"
    assert unescaped(loud[3], GITHUB).startswith("::error file=x::y")
    assert "100% %0A; a,b:c" in unescaped(loud[3], GITHUB)


def test_github_gets_no_columns_of_several_lines() -> None:
    (line,) = [line for line in text("github").splitlines() if "two-lines" in line]
    assert ",line=4,endLine=5::" in line


def test_azure_reads_one_command_a_line() -> None:
    found = [*commands("azure", r"##vso\[task\.logissue ([^\]]*)\](.*)")]
    assert len(found) == 4
    loud = next(match for match in found if LOUD.rule in match[1])
    properties = dict(pair.split("=", 1) for pair in loud[1].split(";"))
    assert unescaped(properties["sourcepath"], AZURE) == ODD
    assert properties["type"] == "warning"
    assert "100% %0A; a,b:c]" in unescaped(loud[2], AZURE)


def test_azure_obeys_nothing_else() -> None:
    for line in text("azure").splitlines():
        assert re.sub(r"^##vso\[task\.logissue ", "", line).count("##vso[") == 0
        assert "##[" not in line


def test_gitlab_finds_what_it_needs_in_every_issue() -> None:
    schema = {
        "type": "array",
        "items": {
            "type": "object",
            "required": ["description", "check_name", "fingerprint", "severity", "location"],
            "properties": {
                "description": {"type": "string", "minLength": 1},
                "check_name": {"type": "string"},
                "fingerprint": {"type": "string", "minLength": 1},
                "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
                "location": {
                    "type": "object",
                    "required": ["path", "lines"],
                    "properties": {
                        "path": {"type": "string", "pattern": r"^[^./]"},
                        "lines": {"required": ["begin"], "properties": {"begin": {"type": "integer", "minimum": 1}}},
                    },
                },
            },
        },
    }
    jsonschema.validate(read("gitlab"), schema)
    assert read("gitlab", CLEAN) == []


def test_gitlab_tells_the_same_finding_twice_when_it_is_there_twice() -> None:
    issues = read("gitlab", Report((TYPO, TYPO), files=1))
    assert len({issue["fingerprint"] for issue in issues}) == 2


# --- JUnit ----------------------------------------------------------------------------------------------------------


def suites(report: Report = REPORT, view: View = VIEW) -> ET.Element:
    return ET.fromstring(text("junit", report, view))


def test_junit_is_xml_with_a_suite_a_file() -> None:
    found = suites()
    assert [suite.get("name") for suite in found] == [TYPO.file, ODD]
    for suite in found:
        assert int(suite.get("tests", 0)) == len(suite.findall("testcase"))
        assert int(suite.get("failures", 0)) == len(suite.findall("testcase/failure"))
    assert int(found.get("tests", 0)) == len(FINDINGS)


def test_junit_holds_hostile_text_as_it_is() -> None:
    output = suites().findall("testsuite/testcase/system-out")
    assert any(']]> <!-- & "quoted"' in (each.text or "") for each in output)


def test_junit_fails_for_what_lets_the_run_fail() -> None:
    assert len(suites().findall(".//failure")) == 2
    assert len(suites(view=View(fail_on=Severity.WARNING)).findall(".//failure")) == 4
    assert len(suites(view=View(fail_on=Severity.INFO)).findall(".//failure")) == 6


def test_junit_skips_what_is_suppressed() -> None:
    assert not suites().findall(".//skipped")
    found = suites(view=ALL)
    assert len(found.findall(".//skipped")) == int(found.get("skipped", 0)) == 3
    assert len({suite.get("name") for suite in found}) == len([*found])


def test_junit_without_findings_has_a_case_that_passed() -> None:
    (case,) = suites(CLEAN).findall("testsuite/testcase")
    assert not [*case]


# --- reviewdog ------------------------------------------------------------------------------------------------------


def diagnostic(finding: Finding) -> Any:
    return next(each for each in read("rdjson")["diagnostics"] if each["code"]["value"] == finding.rule)


def test_reviewdog_counts_bytes() -> None:
    start, end = (diagnostic(LOUD)["location"]["range"][side] for side in ("start", "end"))
    line = TEXTS[ODD].splitlines()[0].encode()
    assert line[start["column"] - 1 : end["column"] - 1].decode() == TEXTS[ODD].splitlines()[0][2:13]


def test_reviewdog_gets_a_suggestion_that_does_what_the_fix_does() -> None:
    (suggestion,) = diagnostic(TYPO)["suggestions"]
    assert suggestion["text"] == "message"
    assert suggestion["range"] == {"start": {"line": 6, "column": 5}, "end": {"line": 6, "column": 11}}


def test_reviewdog_gets_no_suggestion_that_covers_a_secret() -> None:
    assert "suggestions" not in diagnostic(SECRET)
    assert TWICE.fix is not None
    assert "hunter2" in apply(TEXTS[TWICE.file], TWICE.fix.edits)
    assert "suggestions" not in diagnostic(TWICE)


def test_reviewdog_is_told_where_a_rule_is_explained() -> None:
    (name,) = [*RULES][:1]
    (each,) = read("rdjson", of_rules(name))["diagnostics"]
    assert each["code"] == {"value": name, "url": f"https://gitops.dev/rules/{name}"}


def test_the_hostile_text_is_hostile() -> None:
    for part in ("::", "##vso[", "]]>", "\x1b", "\ud800", "](", '"', "%0A"):
        assert part in HOSTILE
