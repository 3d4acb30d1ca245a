"""`gitops rules`: the rules in a table."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from gitops.cli.main import main
from gitops.lint.rules.table import RULES


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def listed(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, Any]]:
    assert main(["rules", "--output", "json", *arguments]) == 0
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    return found


def test_they_are_listed_by_family(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules"]) == 0
    lines = capsys.readouterr().out.splitlines()
    families = [line for line in lines if line and not line.startswith(" ") and " " not in line]
    assert families == list(dict.fromkeys(rule.family for rule in RULES.values()))
    large = next(line for line in lines if line.split()[:1] == ["large-file"])
    assert large.split()[:3] == ["large-file", "info", "recommended"]
    assert large.endswith("The file of a flow is large.")
    unused = next(line for line in lines if line.split()[:1] == ["unused-suppression"])
    assert unused.split()[1:4] == ["warning", "recommended", "fix"]
    assert lines[-1] == f"{len(RULES)} rules; `gitops explain RULE` tells more of one"


def test_for_programs_everything_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    rows = {row["name"]: row for row in listed(capsys)}
    assert set(rows) == set(RULES)
    assert rows["large-file"] == {
        "name": "large-file",
        "family": "git",
        "severity": "info",
        "profile": "recommended",
        "fixable": False,
        "configurable": True,
        "since": "0.2",
        "summary": "The file of a flow is large.",
        "url": "https://gitops.dev/rules/large-file",
        "options": [
            {
                "name": "kilobytes",
                "default": 100,
                "description": "How large a file may be, in kilobytes of 1,000 bytes.",
                "choices": [],
            }
        ],
    }
    assert not rows["yaml-syntax"]["configurable"]


def test_those_of_a_profile_are_those_that_run_in_it(capsys: pytest.CaptureFixture[str]) -> None:
    counts = [len(listed(capsys, "--profile", name)) for name in ("minimal", "recommended", "strict")]
    assert counts == sorted(counts)
    assert {row["profile"] for row in listed(capsys, "--profile", "minimal")} == {"minimal"}
    assert {row["family"] for row in listed(capsys, "--profile", "security") if row["profile"] != "minimal"} == {
        "security"
    }


def test_those_of_families(capsys: pytest.CaptureFixture[str]) -> None:
    assert {row["family"] for row in listed(capsys, "--family", "git", "--family", "style")} == {"git", "style"}
    assert listed(capsys, "--family", "syntax", "--profile", "minimal")


def test_an_unknown_family_is_not_usable(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "--family", "stile"]) == 2
    assert capsys.readouterr().err == "gitops: there is no family `stile`; did you mean `style`?\n"
    assert main(["rules", "--family", "zzz"]) == 2
    assert "there are `syntax`, `structure`" in capsys.readouterr().err
