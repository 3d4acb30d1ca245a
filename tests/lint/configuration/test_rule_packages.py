"""Rules of installed packages: a distribution that offers some, and what is wrong with those that do not."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from gitops.errors import NotFound
from gitops.lint.configuration.rule_packages import rules_offered
from gitops.lint.configuration.together import read_together
from gitops.lint.finding import Severity
from gitops.lint.linter import Options, SourceFile, lint
from gitops.lint.rule_entry import Profile, Rule, Scope
from gitops.lint.schema.shipped import load_schema

RULE = '''\
"""A flow has no team.

## What it does
## Why it matters
## Example
## Use instead
"""

from gitops.lint.finding import Severity
from gitops.lint.rule import option, repository_rule, rule

KEY = option(__name__, "key", "team", "The label that is asked for.")


@rule(severity=Severity.WARNING, since="1.0", options=(KEY,))
def team_label(subject):
    """The id of a flow without the label."""
    if subject.setting(KEY) not in subject.whole.get("labels", {}):
        yield subject.finding(("id",), f"no label `{subject.setting(KEY)}`")
'''
FLOWS = '''\
"""There are many flows.

## What it does
## Why it matters
## Example
## Use instead
"""

from gitops.lint.finding import Severity
from gitops.lint.rule import repository_rule


@repository_rule(severity=Severity.INFO, since="1.0")
def many_flows(repository):
    """Every flow, when there are two."""
    for file in repository.files if len(repository.files) > 1 else ():
        yield file.finding(("id",), "many flows")
'''
FLOW = b"id: %s\nnamespace: a\ntasks:\n  - id: t\n    type: io.kestra.plugin.core.log.Log\n    message: m\n"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with installed packages."""
    before = set(sys.modules)
    monkeypatch.syspath_prepend(tmp_path)
    yield tmp_path
    for name in set(sys.modules) - before:
        if name.startswith("acme"):
            del sys.modules[name]


def install(site: Path, name: str, offers: dict[str, str], **modules: str) -> None:
    package = site / name.replace("-", "_")
    package.mkdir()
    (package / "__init__.py").write_text("")
    for module, text in modules.items():
        (package / f"{module}.py").write_text(text)
    info = site / f"{name.replace('-', '_')}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    lines = [f"{offer} = {value}" for offer, value in offers.items()]
    (info / "entry_points.txt").write_text("\n".join(["[gitops.rules]", *lines, ""]))


@pytest.fixture
def acme(site: Path) -> Path:
    offers = {"team-label": "acme_rules.team_label:team_label", "many-flows": "acme_rules.many_flows:many_flows"}
    install(site, "acme-rules", offers, team_label=RULE, many_flows=FLOWS)
    return site


@pytest.mark.usefixtures("acme")
@pytest.mark.parametrize("name", ["acme-rules", "Acme_Rules", "acme.rules"])
def test_a_package_offers_its_rules(name: str) -> None:
    package = rules_offered(name)
    assert package.name == "acme-rules"
    assert package.rules == (
        Rule(
            "many-flows",
            "acme_rules",
            Severity.INFO,
            Profile.RECOMMENDED,
            Scope.REPOSITORY,
            "1.0",
            (),
            module="acme_rules.many_flows",
        ),
        Rule(
            "team-label",
            "acme_rules",
            Severity.WARNING,
            Profile.RECOMMENDED,
            Scope.FLOW,
            "1.0",
            (),
            module="acme_rules.team_label",
        ),
    )


def test_the_stamp_changes_with_the_code(acme: Path) -> None:
    before = rules_offered("acme-rules")
    assert rules_offered("acme-rules") == before
    module = acme / "acme_rules" / "team_label.py"
    module.write_text(module.read_text() + "# more\n")
    assert rules_offered("acme-rules") != before
    assert Options(packages=(before,)).digest() != Options(packages=(rules_offered("acme-rules"),)).digest()


def configured(text: str) -> Options:
    read = read_together([".gitops.yaml"], lambda _: text.encode(), rules_offered)
    assert read.problems == ()
    return read.options(Options())


def found(options: Options) -> list[tuple[str, str, Severity]]:
    files = [SourceFile(f"{name}.yml", FLOW % name.encode(), named=True) for name in ("one", "two")]
    report = lint(files, schema=load_schema(), options=options)
    return [(finding.file, finding.rule, finding.severity) for finding in report.findings]


@pytest.mark.usefixtures("acme")
def test_its_rules_run_where_it_is_named_and_nowhere_else() -> None:
    assert found(configured("")) == []
    assert found(configured("rules-from: acme-rules")) == [
        ("one.yml", "many-flows", Severity.INFO),
        ("one.yml", "team-label", Severity.WARNING),
        ("two.yml", "many-flows", Severity.INFO),
        ("two.yml", "team-label", Severity.WARNING),
    ]


@pytest.mark.usefixtures("acme")
def test_its_rules_are_configured_like_ours() -> None:
    assert found(
        configured(
            "rules-from: [acme-rules]\n"
            "rules: {many-flows: off, team-label: {key: id}}\n"
            "overrides: [{paths: two.yml, rules: {team-label: error}}]\n"
        )
    ) == [("one.yml", "team-label", Severity.WARNING), ("two.yml", "team-label", Severity.ERROR)]
    read = read_together([".gitops.yaml"], lambda _: b"rules-from: acme-rules\nrules: {team-lable: off}", rules_offered)
    assert [(each.message, each.help) for each in read.problems] == [
        ("unknown rule `team-lable`", "did you mean `team-label`?")
    ]


@pytest.mark.usefixtures("acme")
def test_its_findings_are_suppressed_like_ours() -> None:
    text = FLOW.replace(b"%s\n", b"one  # gitops: ignore[team-label]\n")
    options = configured("rules-from: acme-rules")
    report = lint([SourceFile("one.yml", text, named=True)], schema=load_schema(), options=options)
    assert report.findings == ()
    assert [each.finding.rule for each in report.suppressed] == ["team-label"]


def refused(name: str) -> str:
    with pytest.raises(NotFound) as refusal:
        rules_offered(name)
    return str(refusal.value)


@pytest.mark.usefixtures("acme")
def test_a_package_that_is_not_there() -> None:
    assert refused("acme-rulez") == "there is no installed package `acme-rulez`; did you mean `acme-rules`?"
    assert refused("nothing-of-the-kind") == "there is no installed package `nothing-of-the-kind`"
    assert refused("") == "there is no installed package ``"


@pytest.mark.usefixtures("acme")
def test_a_package_without_rules() -> None:
    assert refused("pytest") == "the package `pytest` brings no rules"


def test_a_rule_that_cannot_be_loaded(site: Path) -> None:
    install(site, "acme-broken", {"a": "acme_broken.a:a"}, a="1 / 0\n")
    assert refused("acme-broken") == "the rule `a` cannot be loaded: ZeroDivisionError: division by zero"


def test_something_that_is_no_rule(site: Path) -> None:
    install(site, "acme-none", {"a": "acme_none.a:a"}, a="a = 1\n")
    assert refused("acme-none") == "`acme_none.a:a` is no rule; make it one with `@rule` of `gitops.lint.rule`"


def test_a_rule_with_the_name_of_one_of_ours(site: Path) -> None:
    text = RULE.replace("team_label", "large_file")
    install(site, "acme-same", {"a": "acme_same.large_file:large_file"}, large_file=text)
    assert refused("acme-same") == "there is already a rule `large-file`; the package has to name its own otherwise"


def test_a_rule_in_a_module_of_another_name(site: Path) -> None:
    install(site, "acme-other", {"a": "acme_other.module:team_label"}, module=RULE)
    assert refused("acme-other") == "the function of the rule `module` has to be named as its module is"


def test_a_rule_in_a_module_without_a_package(site: Path) -> None:
    (site / "acme_single.py").write_text(RULE.replace("team_label", "acme_single"))
    install(site, "acme-top", {"a": "acme_single:acme_single"})
    (rule,) = rules_offered("acme-top").rules
    assert (rule.name, rule.family) == ("acme-single", "acme_single")
