"""A conformance case, read from the lines of a folder. What a case asks for and we cannot do fails it."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
FOLDER = Path(os.environ.get("GITOPS_CONFORMANCE") or ROOT / "../shared/conformance").resolve()
"""Where the cases are: `*.jsonl` with one case a line, and the flows that they name in `flows/`."""

KNOWN = Path(__file__).with_name("known.txt")
"""The names of the cases that are known to fail, sorted, one a line."""


class CannotDoYet(Exception):
    """The product, or this harness, has no way to do what a case asks for."""


@dataclass(frozen=True, slots=True)
class Case:
    """One line: its facts as they were written, and the folder of the flows that it names."""

    name: str
    kind: str
    facts: Mapping[str, Any]
    flows: Path

    @property
    def expect(self) -> Mapping[str, Any]:
        """What the case asserts."""
        found: Mapping[str, Any] = self.facts["expect"]
        return found

    def get(self, name: str) -> Any:
        """A fact, None when the case does not have it."""
        return self.facts.get(name)

    def source(self) -> str:
        """The text of the flow that the case is about."""
        inline: str | None = self.get("flow_source")
        return self.read(self.facts["flow"]) if inline is None else inline

    def read(self, path: str) -> str:
        """The text of a flow that the case names."""
        return (self.flows / path).read_text()

    def refuse(self, *names: str) -> None:
        """Fail when the case has one of the facts, because nothing here can honour it."""
        for name in names:
            if self.get(name):
                raise CannotDoYet(f"`{name}` of a case is not supported yet")


def read_cases(folder: Path, kind: str) -> list[Case]:
    """The cases of one kind, by file and line; none when there is no such folder."""
    lines = [line for file in sorted(folder.glob("*.jsonl")) for line in file.read_text().splitlines() if line.strip()]
    facts = [json.loads(line) for line in lines]
    return [Case(each["name"], kind, each, folder / "flows") for each in facts if each["kind"] == kind]


def read_known() -> frozenset[str]:
    """The names of the cases that are known to fail."""
    return frozenset(KNOWN.read_text().split()) if KNOWN.is_file() else frozenset()


def write_known(names: frozenset[str]) -> None:
    """Make these the cases that are known to fail."""
    KNOWN.write_text("".join(f"{name}\n" for name in sorted(names)))
