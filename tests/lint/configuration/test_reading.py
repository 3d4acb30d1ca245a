"""`.gitops.yaml`: what may be said, what it comes to, and what is said about what may not."""

from __future__ import annotations

from typing import NoReturn

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gitops.errors import NotFound
from gitops.lint.configuration.configuration import Configuration, Policy
from gitops.lint.configuration.reading import Reader, Reading
from gitops.lint.finding import Severity
from gitops.lint.report import FailOn
from gitops.lint.rule_entry import Profile
from gitops.lint.source import Options, Override

FILE = ".gitops.yaml"


def nothing_offered(name: str) -> NoReturn:
    raise NotFound(f"there is no installed package `{name}`")


def read(text: str, path: str = FILE, **others: str) -> Reading:
    files = {path: text, **{name.replace("__", "/") + ".yaml": other for name, other in others.items()}}
    contents = {name: content.encode() for name, content in files.items()}
    return Reader(contents.get, nothing_offered).read(path)


def good(text: str, path: str = FILE, **others: str) -> Configuration:
    reading = read(text, path, **others)
    assert reading.problems == ()
    return reading.configuration


def told(text: str, **others: str) -> list[str]:
    """What is wrong, with the place."""
    problems = read(text, **others).problems
    return [
        " | ".join(
            [f"{each.file}:{each.span.line}:{each.span.column} {each.message}"]
            + [f"{name}: {words}" for name in ("expected", "found", "help") if (words := getattr(each, name))]
        )
        for each in problems
    ]


def test_everything_that_may_be_said() -> None:
    read_ = good("""
profile: strict
dialect: v2
root: flows
fail-on: [warning, all]
rules:
  large-file: {severity: error, kilobytes: 50}
  missing-description: off
  null-value: on
  undeclared-secret:
    names: [A, B]
overrides:
  - paths: [company/old/**, "*.draft.yml"]
    profile: minimal
    dialect: v1
    rules: {large-file: off}
policy:
  require-reason: true
  max-ignore-days: 90
  allow-inline-ignores: false
""")
    assert read_ == Configuration(
        FILE,
        profile=Profile.STRICT,
        dialect="v2",
        root="flows",
        severities={"large-file": Severity.ERROR, "missing-description": None, "null-value": Severity.INFO},
        settings={"large-file": {"kilobytes": 50}, "undeclared-secret": {"names": ("A", "B")}},
        overrides=(Override("", ("company/old/**", "*.draft.yml"), Profile.MINIMAL, "v1", {"large-file": None}),),
        policy=Policy(True, 90, False),
        fail_on=FailOn(Severity.WARNING, known=True),
        files=(FILE,),
    )


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "---\n", "rules:\noverrides:\npolicy:\n"])
def test_nothing_may_be_said(text: str) -> None:
    assert good(text) == Configuration(FILE, files=(FILE,))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "profil: strict",
            (
                "1:1 unknown key `profil` | expected: one of `extends`, `profile`, `dialect`, `root`, "
                "`rules`, `overrides`, `policy`, `fail-on`, `rules-from` | help: did you mean `profile`?"
            ),
        ),
        (
            "profile: strct",
            (
                "1:10 wrong value for `profile` | expected: one of `minimal`, `recommended`, `strict`, "
                "`security` | found: `strct` | help: did you mean `strict`?"
            ),
        ),
        ("dialect: 2", "1:10 wrong value for `dialect` | expected: one of `v1`, `v2` | found: `2`"),
        ("- a", "1:1 wrong value for `the file` | expected: a mapping | found: a list"),
        ("rules:\n  lagre-file: off", "2:3 unknown rule `lagre-file` | help: did you mean `large-file`?"),
        (
            "rules:\n  large-file: eror",
            (
                "2:15 wrong value for `large-file` | expected: one of `error`, `warning`, "
                "`info`, `off`, `on` | found: `eror` | help: did you mean `error`?"
            ),
        ),
        (
            "rules:\n  large-file: {kilobites: 1}",
            "2:16 unknown key `kilobites` | expected: one of `severity`, `kilobytes` | help: did you mean `kilobytes`?",
        ),
        (
            "rules:\n  large-file: {kilobytes: many}",
            "2:27 wrong value for `kilobytes` | expected: a whole number from 0 on | found: `many`",
        ),
        (
            "rules:\n  large-file: {kilobytes: true}",
            "2:27 wrong value for `kilobytes` | expected: a whole number from 0 on | found: `true`",
        ),
        (
            "rules:\n  undeclared-secret: {names: {a: b}}",
            "2:30 wrong value for `names` | expected: a text | found: a mapping",
        ),
        ("rules:\n  undeclared-secret: {names: [1]}", "2:31 wrong value for `names` | expected: a text | found: `1`"),
        ("rules: []", "1:8 wrong value for `rules` | expected: a mapping | found: an empty list"),
        (
            "rules:\n  yaml-syntax: off",
            "2:3 `yaml-syntax` is always an error | help: a file with it cannot be read as a flow; delete this",
        ),
        (
            "overrides: {}",
            "1:12 wrong value for `overrides` | expected: a list of mappings with `paths` | found: a mapping",
        ),
        (
            "overrides:\n  - profile: strict",
            '2:5 an override says for which `paths` it is | help: add `paths: ["folder/**"]`',
        ),
        ("overrides:\n  - a", "2:5 wrong value for `overrides` | expected: a mapping | found: `a`"),
        (
            "overrides:\n  - paths: ../a",
            "2:12 patterns are relative to this file, with `/` and without `..` | found: `../a`",
        ),
        (
            "overrides:\n  - paths: a/**\n    root: a",
            "3:5 unknown key `root` | expected: one of `paths`, `profile`, `dialect`, `rules`",
        ),
        (
            "policy: {max-ignore-days: 0}",
            "1:27 wrong value for `max-ignore-days` | expected: a whole number from 1 on | found: `0`",
        ),
        (
            "policy: {require-reason: maybe}",
            "1:26 wrong value for `require-reason` | expected: `true` or `false` | found: `maybe`",
        ),
        (
            "fail-on: never",
            (
                "1:10 wrong value for `fail-on` | expected: one of `error`, `warning`, `info`, `new`, "
                "`all` | found: `never`"
            ),
        ),
        ("root: ../flows", "1:7 this folder lies outside of the repository | found: `../flows`"),
        ("root: /flows", "1:7 this folder lies outside of the repository | found: `/flows`"),
        ("root: [a]", "1:7 wrong value for `root` | expected: a text | found: a list"),
        ("rules-from: some-rules", "1:13 there is no installed package `some-rules`"),
        ("extends: other.yaml", "1:10 there is no file `other.yaml` | help: the path is relative to this file"),
        ("extends: ../other.yaml", "1:10 this file lies outside of the repository | found: `../other.yaml`"),
        (
            "extends: .gitops.yaml",
            "1:10 configurations build on each other in a circle | found: `.gitops.yaml` → `.gitops.yaml`",
        ),
        ("a: [", "1:5 a value is missing or not closed | help: write the value"),
        (
            "profile: strict\nprofile: minimal",
            "2:1 key `profile` is already used in this mapping | help: delete one of the two",
        ),
    ],
)
def test_what_may_not_be_said(text: str, expected: str) -> None:
    assert told(text)[0] == f"{FILE}:{expected}"


def test_every_mistake_is_told_at_once() -> None:
    assert len(told("profile: a\nrules: {b: off, c: on}\npolicy: {d: e}\nfail-on: f\n")) == 5


def test_a_configuration_builds_on_others_and_the_last_counts_most() -> None:
    read_ = good(
        "extends: [shared/one.yaml, shared/two.yaml]\nrules:\n  large-file: info\n",
        shared__one="profile: strict\nrules:\n  large-file: {severity: error, kilobytes: 1}\n  null-value: error\n",
        shared__two="profile: minimal\nextends: three.yaml\nfail-on: info\n",
        shared__three="rules: {null-value: off}\ndialect: v2\nroot: flows\n",
    )
    assert read_.profile is Profile.MINIMAL
    assert read_.dialect == "v2"
    assert read_.root == "shared/flows"
    assert read_.severities == {"large-file": Severity.INFO, "null-value": None}
    assert read_.settings == {"large-file": {"kilobytes": 1}}
    assert read_.fail_on == FailOn(Severity.INFO)
    assert read_.files == ("shared/one.yaml", "shared/three.yaml", "shared/two.yaml", FILE)


def test_patterns_of_what_is_built_on_begin_where_it_is_used() -> None:
    read_ = good(
        "extends: ../base.yaml\noverrides: [{paths: b}]",
        "team/.gitops.yaml",
        base="overrides: [{paths: a}]",
    )
    assert [(each.folder, each.patterns) for each in read_.overrides] == [("team", ("a",)), ("team", ("b",))]


def test_a_circle_is_refused_where_it_closes() -> None:
    assert told("extends: a.yaml", a="extends: b.yaml", b="extends: a.yaml") == [
        "b.yaml:1:10 configurations build on each other in a circle | found: `a.yaml` → `b.yaml` → `a.yaml`"
    ]


def test_a_mistake_is_told_in_the_file_that_has_it() -> None:
    assert told("extends: [a.yaml, b.yaml]", a="extends: b.yaml", b="profile: x")[0].startswith("b.yaml:1:10 ")
    assert len(told("extends: [a.yaml, b.yaml]", a="extends: b.yaml", b="profile: x")) == 1


def test_what_a_policy_comes_to() -> None:
    options = good("policy: {require-reason: true, max-ignore-days: 7}").options(Options())
    assert options.severities == {
        "suppression-without-reason": Severity.WARNING,
        "long-suppression": Severity.WARNING,
    }
    assert options.settings == {"long-suppression": {"days": 7}}
    assert good("policy: {require-reason: true}\nrules: {suppression-without-reason: error}").options(
        Options()
    ).severities == {"suppression-without-reason": Severity.ERROR}
    assert good("policy: {allow-inline-ignores: false}").options(Options()).comments == "refused"
    assert good("policy: {allow-inline-ignores: true}").options(Options()).comments == "obeyed"


def test_the_options_of_a_path() -> None:
    read_ = good("root: flows\noverrides:\n  - {paths: old/, profile: minimal}\n")
    assert read_.options_at("old/a.yml", Options()).profile is Profile.MINIMAL
    assert read_.options_at("new/a.yml", Options()).profile is Profile.RECOMMENDED
    assert read_.options_at("new/a.yml", Options(root="")).root == "flows"


def test_what_is_not_said_stays_as_it_was() -> None:
    known = Options(root="a", dialect="v2", profile=Profile.STRICT, fail_on=FailOn(Severity.INFO))
    assert good("").options(known) == known


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 9) | st.text("ab/.*-", max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abpr", max_size=4), inner, max_size=3),
    max_leaves=8,
)
_KEYS = ["extends", "profile", "dialect", "root", "rules", "overrides", "policy", "fail-on", "rules-from", "other"]


@given(st.dictionaries(st.sampled_from(_KEYS), _VALUES, max_size=5))
def test_whatever_is_said_it_is_read_or_refused(data: dict[str, object]) -> None:
    import yaml

    reading = read(yaml.safe_dump(data))
    assert isinstance(reading.configuration.options(Options()), Options)


@given(st.text())
def test_whatever_the_text_is_it_is_read_or_refused(text: str) -> None:
    assert isinstance(read(text), Reading)
