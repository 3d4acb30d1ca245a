"""Options of files: what holds in folders and for patterns."""

from __future__ import annotations

from gitops.lint.by_path import ByPath, options_at
from gitops.lint.finding import Severity
from gitops.lint.rule_entry import Profile
from gitops.lint.rules.table import RULES
from gitops.lint.source import Options, Override

LARGE = RULES["large-file"]
DESCRIPTION = RULES["missing-description"]


def test_without_overrides_the_options_are_those_of_the_repository() -> None:
    options = Options()
    assert ByPath(options).at("a.yml") is options


def test_the_last_override_counts_most() -> None:
    options = Options(
        overrides=(
            Override(patterns=("a/**",), severities={"large-file": Severity.ERROR}, settings={"large-file": {"x": 1}}),
            Override(patterns=("a/b/**",), severities={"large-file": None}, settings={"large-file": {"y": 2}}),
        )
    )
    assert options_at(options, "c.yml").severities == {}
    assert options_at(options, "a/c.yml").severity(LARGE) is Severity.ERROR
    inner = options_at(options, "a/b/c.yml")
    assert not inner.runs(LARGE)
    assert inner.settings == {"large-file": {"x": 1, "y": 2}}
    assert inner.overrides == ()


def test_patterns_begin_at_the_folder() -> None:
    options = Options(overrides=(Override("flows", ("*.yml",), profile=Profile.STRICT),))
    assert options_at(options, "flows/a.yml").profile is Profile.STRICT
    assert options_at(options, "flows/deep/a.yml").profile is Profile.STRICT
    assert options_at(options, "other/a.yml").profile is Profile.RECOMMENDED
    assert options_at(options, "flows.yml").profile is Profile.RECOMMENDED


def test_anew_nothing_of_above_counts() -> None:
    options = Options(
        profile=Profile.STRICT,
        severities={"large-file": None},
        settings={"large-file": {"kilobytes": 1}},
        overrides=(Override("a", dialect="v2", anew=True),),
    )
    inner = options_at(options, "a/b.yml")
    assert (inner.profile, inner.severities, inner.settings, inner.dialect) == (Profile.RECOMMENDED, {}, {}, "v2")


def test_files_alike_have_the_very_same_options() -> None:
    by_path = ByPath(Options(overrides=(Override("a", profile=Profile.STRICT), Override("b"))))
    assert by_path.at("a/x.yml") is by_path.at("a/y.yml")
    assert by_path.at("c/x.yml") is by_path.at("d/x.yml")
    assert by_path.at("a/x.yml") is not by_path.at("b/x.yml")


def test_a_rule_runs_anywhere_when_it_runs_for_some_files() -> None:
    assert not ByPath(Options(severities={"large-file": None})).runs(LARGE)
    assert not ByPath(Options()).runs(DESCRIPTION)
    assert ByPath(Options(overrides=(Override("a", profile=Profile.STRICT),))).runs(DESCRIPTION)


def test_the_digest_changes_with_what_decides_what_is_found() -> None:
    base = Options(severities={"a": Severity.ERROR, "b": None})
    assert base.digest() == Options(severities={"b": None, "a": Severity.ERROR}).digest()
    assert base.digest() == base._replace(root="flows", complete=True, comments="unread").digest()
    others = [
        base._replace(profile=Profile.STRICT),
        base._replace(dialect="v2"),
        base._replace(lenient=True),
        base._replace(severities={}),
        base._replace(settings={"a": {"x": 1}}),
        base._replace(only=frozenset()),
        base._replace(defaults=({"type": "a"},)),
    ]
    assert len({options.digest() for options in (base, *others)}) == 8
