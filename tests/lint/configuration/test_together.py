"""All configurations of a repository: the one above all others, and those for their folders."""

from __future__ import annotations

from gitops.lint.by_path import options_at
from gitops.lint.configuration.together import Together, read_alone, read_together
from gitops.lint.finding import Severity
from gitops.lint.rule_entry import Profile
from gitops.lint.source import Options, RulePackage


def offered(name: str) -> RulePackage:
    return RulePackage(name)


def together(**files: str) -> Together:
    contents = {name.replace("__", "/").replace("gitops", ".gitops.yaml"): text for name, text in files.items()}
    return read_together(contents, lambda path: contents[path].encode() if path in contents else None, offered)


def test_without_any_the_options_are_as_they_were() -> None:
    assert together().options(Options()) == Options()
    assert together().root is None


def test_the_nearest_one_above_a_file_holds_and_no_other() -> None:
    read = together(
        gitops="profile: strict\nrules: {large-file: off}\noverrides: [{paths: b/, profile: minimal}]\n",
        b__gitops="rules: {null-value: error}\n",
        b__c__gitops="extends: ../../.gitops.yaml\ndialect: v2\n",
    )
    assert read.problems == ()
    options = read.options(Options())
    assert options_at(options, "a.yml").profile is Profile.STRICT
    inner = options_at(options, "b/a.yml")
    assert (inner.profile, inner.severities) == (Profile.RECOMMENDED, {"null-value": Severity.ERROR})
    innermost = options_at(options, "b/c/a.yml")
    assert (innermost.profile, innermost.severities) == (Profile.STRICT, {"large-file": None})
    assert innermost.dialect == "v2"
    assert options_at(options, "bc/a.yml").profile is Profile.STRICT


def test_what_is_said_for_the_whole_repository_is_said_above_all() -> None:
    read = together(gitops="root: flows\n", b__gitops="root: c\nfail-on: info\npolicy: {}\nrules-from: x\n")
    assert [(each.file, each.span.line, each.message) for each in read.problems] == [
        ("b/.gitops.yaml", 1, "`root` is said once for the whole repository"),
        ("b/.gitops.yaml", 2, "`fail-on` is said once for the whole repository"),
        ("b/.gitops.yaml", 3, "`policy` is said once for the whole repository"),
        ("b/.gitops.yaml", 4, "`rules-from` is said once for the whole repository"),
    ]
    assert read.root == "flows"


def test_the_one_above_all_may_lie_deeper() -> None:
    read = together(
        flows__gitops="root: .\nprofile: strict\npolicy: {require-reason: true}\nrules-from: x\n",
        flows__a__gitops="",
    )
    assert read.problems == ()
    options = read.options(Options())
    assert options.root == read.root == "flows"
    assert options.packages == (RulePackage("x"),)
    assert options_at(options, "flows/b.yml").profile is Profile.STRICT
    assert options_at(options, "flows/a/b.yml").profile is Profile.RECOMMENDED
    assert options_at(options, "flows/a/b.yml").severities == {"suppression-without-reason": Severity.WARNING}
    assert options_at(options, "other/b.yml").severities == {}


def test_beside_each_other_none_is_above_all() -> None:
    read = together(a__gitops="profile: strict\n", b__gitops="root: .\n")
    assert [(each.file, each.message) for each in read.problems] == [
        ("b/.gitops.yaml", "`root` is said once for the whole repository")
    ]
    options = read.options(Options(dialect="v2"))
    assert options_at(options, "a/x.yml").profile is Profile.STRICT
    assert options_at(options, "b/x.yml").dialect == "v2"


def test_the_files_that_were_read_are_known() -> None:
    read = together(gitops="extends: a.yaml\n", a__gitops="").files
    assert read == (".gitops.yaml", "a/.gitops.yaml")
    assert together(gitops="extends: b/.gitops.yaml\n", b__gitops="").files == (
        "b/.gitops.yaml",
        ".gitops.yaml",
    )


def test_one_file_may_hold_for_everything() -> None:
    contents = {"/etc/all.yaml": b"extends: ../base.yaml\nroot: flows\n", "/base.yaml": b"profile: strict\n"}
    read = read_alone("/etc/all.yaml", contents.get, offered)
    assert read.problems == ()
    options = read.options(Options())
    assert (options.profile, options.root) == (Profile.STRICT, "flows")
