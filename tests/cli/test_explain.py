"""`gitops explain`: what there is to know of a rule."""

from __future__ import annotations

from pathlib import Path

import pytest

from gitops.cli.explain import _NO_RULES
from gitops.cli.main import main
from gitops.lint.rules.table import RULES


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def explained(capsys: pytest.CaptureFixture[str], name: str) -> str:
    assert main(["explain", name]) == 0
    return capsys.readouterr().out


def test_a_rule_has_its_page_its_options_and_how_it_is_configured(capsys: pytest.CaptureFixture[str]) -> None:
    text = explained(capsys, "large-file")
    assert text.startswith("# large-file\n\nThe file of a flow is large.\n\nFamily git, severity info, on unless")
    headings = [line for line in text.splitlines() if line.startswith("## ")]
    assert headings == [
        "## What it does",
        "## Why it matters",
        "## Example",
        "## Use instead",
        "## Options",
        "## Configure",
    ]
    assert "rules:\n  large-file:\n    severity: info\n    kilobytes: 100\n" in text
    assert '# gitops: ignore[large-file] reason="…"' in text
    assert text.endswith("`gitops lint --only large-file` finds it alone.\n")


def test_a_rule_with_a_fix_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert explained(capsys, "unused-suppression").endswith("and `--fix` mends what it can.\n")


def test_a_rule_that_is_always_on_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    text = explained(capsys, "yaml-syntax")
    assert text.endswith("It is always an error: a file with it cannot be read as a flow.\n")
    assert "ignore[" not in text


@pytest.mark.parametrize("name", ["[large-file]", "large_file", "Large-File"])
def test_a_name_may_be_copied_from_anywhere(capsys: pytest.CaptureFixture[str], name: str) -> None:
    assert explained(capsys, name).startswith("# large-file\n")


@pytest.mark.parametrize("name", RULES)
def test_every_rule_is_explained(capsys: pytest.CaptureFixture[str], name: str) -> None:
    assert explained(capsys, name).startswith(f"# {name}\n")


@pytest.mark.parametrize("name", _NO_RULES)
def test_what_the_service_says_is_explained_too(capsys: pytest.CaptureFixture[str], name: str) -> None:
    assert explained(capsys, name).startswith(f"{name}\n\n")
    assert name not in RULES


def test_an_unknown_name_is_not_usable(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "lagre-file"]) == 2
    assert capsys.readouterr().err == "gitops: there is no rule `lagre-file`; did you mean `large-file`?\n"
    assert main(["explain", "zzz"]) == 2
    assert capsys.readouterr().err == "gitops: there is no rule `zzz`; `gitops rules` lists them\n"


def test_with_a_broken_configuration_rules_are_explained_too(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / ".gitops.yaml").write_text("profil: strict\n")
    assert main(["explain", "large-file"]) == 0
    printed = capsys.readouterr()
    assert printed.out.startswith("# large-file\n")
    assert ".gitops.yaml:1:1: unknown key `profil`" in printed.err
    assert printed.err.endswith("gitops: rules of packages are left out\n")
