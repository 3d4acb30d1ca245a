"""Only so much of the log of an attempt is kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engine.workshop import Workshop, open_workshop

LOUD = """
    id: loud
    namespace: company.team
    tasks:
      - id: print
        type: io.kestra.plugin.scripts.shell.Commands
        commands: ["seq 1 1000"]
      - id: say
        type: io.kestra.plugin.core.log.Log
        message: the log of the next task is its own
"""


@pytest.fixture
def workshop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workshop]:
    monkeypatch.setattr("gitops.engine.workers.attempt_log.LONGEST", 1_000)
    with open_workshop(tmp_path) as workshop:
        yield workshop


def test_what_is_too_long_is_cut_and_says_so_once(workshop: Workshop) -> None:
    messages = workshop.messages(workshop.run(LOUD))
    assert messages[:10] == [str(number) for number in range(1, 11)]
    assert messages[10].startswith("the log of this attempt is longer than ")
    assert messages[10].endswith(" MB; what follows is not kept")
    assert messages[11:] == ["the log of the next task is its own"]
