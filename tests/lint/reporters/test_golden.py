"""What each reporter writes about the same findings, to the letter; GITOPS_WRITE_EXPECTED=1 writes it anew."""

from __future__ import annotations

import os
from importlib.metadata import version
from pathlib import Path

import pytest

from gitops.lint.report import Report
from gitops.lint.reporters import FORMATS, reporter
from gitops.lint.telling.view import View
from tests.lint.reporters.hostile import CLEAN, REPORT, TEXTS

GOLDEN = Path(__file__).parent / "golden"
VIEWS = {
    "": View(texts=TEXTS.get),
    "-color": View(texts=TEXTS.get, color=True, links=True),
    "-statistics": View(texts=TEXTS.get, statistics=True),
    "-quiet": View(quiet=True),
    "-suppressed": View(texts=TEXTS.get, suppressed=True),
}


def written(name: str, report: Report, view: View) -> str:
    """What a reporter writes; the version of today is left out."""
    return "".join(reporter(name)(report, view)).replace(f'"{version("gitops")}"', '"0.0.0"')


@pytest.mark.parametrize("look", VIEWS)
@pytest.mark.parametrize("name", FORMATS)
def test_a_report_is_written_like_this(name: str, look: str) -> None:
    text = written(name, REPORT, VIEWS[look])
    if look and text == written(name, REPORT, VIEWS[""]):
        return
    compare(GOLDEN / f"{name}{look}.txt", text)


@pytest.mark.parametrize("name", FORMATS)
def test_a_report_without_findings_is_written_like_this(name: str) -> None:
    compare(GOLDEN / f"{name}-clean.txt", written(name, CLEAN, View()))


def compare(file: Path, text: str) -> None:
    if os.environ.get("GITOPS_WRITE_EXPECTED"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="")
    assert text.encode() == file.read_bytes()
