"""The service reads what a repository says about its linter from the commit that it lints."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gitops.lint.baseline.comparing import entries_of
from gitops.lint.baseline.file import baseline_text
from gitops.lint.linter import Options, SourceFile, lint
from tests.sync.world import World, flow, schema

_HELLO = "company/team/hello.yml"
_SCRIPT = """\
id: hello
namespace: company.team
tasks:
  - id: say
    type: io.kestra.plugin.core.log.Log
    message: "{{ inputs.name }}"
"""
"""Has a finding that the engine does not mind: there is no such input."""


def rules(world: World, sha: str) -> list[str]:
    return [finding["rule"] for finding in world.findings(sha)]


def broken(more: str = "") -> str:
    """A flow that the engine cannot run."""
    return flow("hello") + f"    lvel: INFO{more}\n"


def test_a_rule_may_be_off(world: World) -> None:
    found = rules(world, world.deploy({_HELLO: _SCRIPT}).sha)
    assert "unknown-input" in found
    record = world.deploy({".gitops.yaml": "rules: {unknown-input: off}\n", _HELLO: _SCRIPT + "# again\n"})
    assert record.verdict == "deployed"
    assert "unknown-input" not in rules(world, record.sha)


def test_a_rule_may_let_a_commit_fail(world: World) -> None:
    record = world.deploy({".gitops.yaml": "rules: {missing-description: error}\n", _HELLO: flow("hello")})
    assert (record.verdict, record.description) == ("refused", "1 error in 1 file")


def test_warnings_may_let_a_commit_fail(world: World) -> None:
    configuration = "rules: {missing-description: warning}\nfail-on: warning\n"
    record = world.deploy({".gitops.yaml": configuration, _HELLO: flow("hello")})
    assert (record.verdict, record.description) == ("refused", "1 warning in 1 file")


def test_a_broken_configuration_is_told_with_its_place(world: World) -> None:
    record = world.deploy({".gitops.yaml": "profil: strict\nrules: {a: off}\n", _HELLO: flow("hello")})
    assert (record.verdict, record.description) == ("refused", "2 errors in 1 file")
    assert world.told(record.sha)[-1] == ("failure", "2 errors in 1 file")
    first = world.findings(record.sha)[0]
    assert (first["path"], first["line"], first["rule"]) == (".gitops.yaml", 1, "invalid-configuration")
    assert first["help"] == "did you mean `profile`?"
    assert world.deploy({".gitops.yaml": "profile: strict\n"}).verdict == "deployed"


def test_packages_that_are_not_there_are_told(world: World) -> None:
    record = world.deploy({".gitops.yaml": "rules-from: no-such-package\n", _HELLO: flow("hello")})
    assert record.verdict == "refused"
    assert "no-such-package" in world.findings(record.sha)[0]["message"]


def test_the_root_may_be_said_there(world: World) -> None:
    files = {".gitops.yaml": "root: flows\n", f"flows/{_HELLO}": flow("hello"), "company/other/a.yml": flow("a")}
    assert world.deploy({**files}).verdict == "deployed"
    assert set(world.live()) == {"hello"}


def test_the_root_of_the_settings_counts_more(world: World) -> None:
    repository = world.watched("flows", root="flows")
    world.push({".gitops.yaml": "root: other\nrules: {missing-description: error}\n", f"flows/{_HELLO}": flow("hello")})
    record = world.reconcile(repository)
    assert rules(world, record.sha) == ["missing-description"]
    world.push({".gitops.yaml": None, "flows/.gitops.yaml": "rules: {missing-description: warning}\n"})
    assert world.reconcile(repository).verdict == "deployed"
    assert set(world.live()) == {"hello"}


def test_a_suppressed_finding_is_none(world: World) -> None:
    text = _SCRIPT.replace('}}"', '}}"  # gitops: ignore[unknown-input] until=2026-01-15 reason="to come"')
    record = world.deploy({_HELLO: text})
    assert record.verdict == "deployed"
    assert "unknown-input" not in rules(world, record.sha)
    world.clock.forward(timedelta(days=30).total_seconds())
    record = world.deploy({_HELLO: text + "# again\n"})
    assert {"unknown-input", "expired-suppression"} <= set(rules(world, record.sha))


@pytest.mark.parametrize(
    "files",
    [
        {_HELLO: broken("  # gitops: ignore[unknown-property]")},
        {_HELLO: broken(), ".gitops.yaml": "rules: {unknown-property: off}\n"},
        {_HELLO: broken(), ".gitops.yaml": "rules: {unknown-property: warning}\n"},
    ],
)
def test_what_the_engine_cannot_run_is_not_deployed_whatever_is_said(
    world: World, files: dict[str, str | None]
) -> None:
    record = world.deploy(files)
    assert (record.verdict, record.description) == ("refused", "1 error in 1 file")
    told = [finding for finding in world.findings(record.sha) if finding["severity"] == "error"]
    assert [finding["rule"] for finding in told] == ["unknown-property"]
    assert told[0]["line"] == 7
    assert told[0]["help"].endswith("whatever is suppressed or configured, the engine cannot run this flow")


def test_a_flow_in_two_files_is_not_deployed_whatever_is_said(world: World) -> None:
    files = {_HELLO: flow("hello"), "company/team/copy.yml": flow("hello", message="other")}
    record = world.deploy({**files, ".gitops.yaml": "rules: {duplicate-flow: off}\n"})
    assert (record.verdict, rules(world, record.sha)) == ("refused", ["duplicate-flow"])
    branch = world.push({**files, ".gitops.yaml": "rules: {duplicate-flow: off}\n"}, branch="other")
    world.reconcile()
    assert "duplicate-flow" in rules(world, branch)


def test_the_baseline_holds_here_too(world: World) -> None:
    options = Options(root="", complete=True)
    report = lint([SourceFile(_HELLO, _SCRIPT.encode())], schema=schema(), options=options)
    assert "unknown-input" in [finding.rule for finding in report.findings]
    text = baseline_text(entries_of(report.findings, (), "2026-01-01"))
    record = world.deploy({_HELLO: _SCRIPT, ".gitops-baseline.json": text, ".gitops.yaml": "fail-on: info\n"})
    assert (record.verdict, rules(world, record.sha)) == ("deployed", [])
    record = world.deploy({_HELLO: _SCRIPT + "# again\n", ".gitops.yaml": "fail-on: [info, all]\n"})
    assert record.verdict == "refused"


def test_a_baseline_that_cannot_be_read_is_told(world: World) -> None:
    record = world.deploy({_HELLO: flow("hello"), ".gitops-baseline.json": "<<<<<<<\n"})
    assert record.verdict == "refused"
    (told,) = world.findings(record.sha)
    assert (told["path"], told["rule"]) == (".gitops-baseline.json", "invalid-configuration")
