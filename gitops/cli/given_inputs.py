"""What `--input ID=VALUE` gives: values by the id of their input, and files for the inputs that are files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from gitops.errors import InvalidUsage

if TYPE_CHECKING:
    from gitops.engine.creation import Upload
    from gitops.language.flow import Flow


@dataclass(frozen=True, slots=True)
class GivenInputs:
    """Values and files by the id of their input."""

    values: Mapping[str, str]
    uploads: Mapping[str, Upload]


def read_pairs(texts: Iterable[str]) -> dict[str, str]:
    """The values by id; raises InvalidUsage for another form."""
    pairs = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals:
            raise InvalidUsage(f"--input: expected ID=VALUE, found `{text}`")
        pairs[name] = value
    return pairs


def refuse_unknown(given: Iterable[str], known: Iterable[str]) -> None:
    """Raise InvalidUsage for the first id that is not known."""
    ids = list(known)
    for name in given:
        if name not in ids:
            expected = f"one of {', '.join(f'`{each}`' for each in ids)}" if ids else "no input at all"
            raise InvalidUsage(f"--input: expected {expected}, found `{name}`")


def given_inputs(flow: Flow, pairs: Mapping[str, str]) -> GivenInputs:
    """The values and files for a flow; raises InvalidUsage for an id that it does not have, or no such file."""
    types = {declared.id: declared.type for declared in flow.inputs}
    refuse_unknown(pairs, types)
    uploads = {name: _upload(name, value) for name, value in pairs.items() if types[name] == "FILE"}
    return GivenInputs({name: value for name, value in pairs.items() if name not in uploads}, uploads)


def _upload(name: str, value: str) -> Upload:
    from gitops.engine.creation import Upload

    file = Path(value.removeprefix("@"))
    if not file.is_file():
        raise InvalidUsage(f"--input {name}: expected the path of a file, found no file `{value}`")
    return Upload(file, file.name)
