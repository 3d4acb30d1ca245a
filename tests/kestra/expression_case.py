"""An expression case: a text or a structure is rendered, and the value, or the message of the error, is compared."""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter, ValidationError

from gitops.engine import clock
from gitops.engine.cipher import Cipher, opened
from gitops.engine.execution_files import ExecutionFiles, Origin, origin_of
from gitops.engine.functions.world import world
from gitops.errors import ExpressionError
from gitops.language.expression.scope import Functions
from gitops.language.expression.template import render
from gitops.language.expression.values import is_truthy
from gitops.language.scalars import Level, Templated, Text
from gitops.language.strictness import RENDERED
from gitops.storage.storage import SCHEME, Storage
from gitops.store.logs import LogEntry
from tests.kestra.case import CannotDoYet, Case
from tests.kestra.values import KEY, fits, given, holds


def check_expression(case: Case) -> None:
    """Render what the case says, and compare."""
    with machine_in(case.get("tz")), TemporaryDirectory() as folder:
        try:
            found = _rendered(case, Path(folder))
        except ExpressionError as error:
            _check_error(case.expect, str(error))
        else:
            _check_value(case.expect, found)


@contextmanager
def machine_in(zone: str | None) -> Iterator[None]:
    """Let the machine be in another time zone for a while."""
    before = os.environ.get("TZ")
    if zone is not None:
        _set_zone(zone)
    try:
        yield
    finally:
        _set_zone(before)


def _set_zone(zone: str | None) -> None:
    if zone is None:
        os.environ.pop("TZ", None)
    else:
        os.environ["TZ"] = zone
    time.tzset()


def _rendered(case: Case, folder: Path) -> object:
    variables: Any = opened(given(case.get("vars") or {}), Cipher(KEY), _show)
    recursive = bool((case.get("config") or {}).get("recursive_rendering"))
    found = render(case.facts["template"], variables, _world(case, variables, folder), recursive=recursive)
    wanted = case.get("as")
    return found if wanted is None else _read_as(wanted, found)


def _show(_secret: str) -> None:
    """Hide nothing."""


def _world(case: Case, variables: Mapping[str, Any], folder: Path) -> Functions:
    """The functions of an execution that is described by the variables, over the files and logs of the case."""
    storage = Storage(str(folder / "storage"))
    for address, content in _files_of(case).items():
        source = folder / "file"
        source.write_bytes(str(content).encode())
        storage.put(address.removeprefix(SCHEME), source)
    flow, execution = variables.get("flow") or {}, variables.get("execution") or {}
    namespace = flow.get("namespace", "")
    own = Origin(namespace, flow.get("id", ""), execution.get("id", ""))
    cause = origin_of(variables.get("trigger") or {})
    files = ExecutionFiles(storage, namespace, (own, cause) if cause else (own,))
    return world(_show, files=files, error_logs=lambda: _error_logs(case, own.execution_id))


def _files_of(case: Case) -> dict[str, Any]:
    """What is in storage before: files by address, and the files of namespaces."""
    namespaces: Mapping[str, Mapping[str, Any]] = case.get("namespace_files") or {}
    of_namespaces = {
        f"{SCHEME}{namespace.replace('.', '/')}/_files/{path.lstrip('/')}": content
        for namespace, files in namespaces.items()
        for path, content in files.items()
    }
    return {**(case.get("storage") or {}), **of_namespaces}


def _error_logs(case: Case, execution_id: str) -> list[LogEntry]:
    found = (log for log in case.get("logs") or () if log["executionId"] == execution_id and log["level"] == "ERROR")
    return [
        LogEntry(
            id=number,
            execution_id=execution_id,
            task_run_id=log.get("taskRunId"),
            task_id=log.get("taskId"),
            attempt=None,
            at=clock.now(),
            level=Level(log["level"]),
            message=log["message"],
        )
        for number, log in enumerate(found)
    ]


def _read_as(kind: str, found: object) -> object:
    """A rendered text as the engine reads it for a property of that type."""
    if kind not in _KINDS:
        raise CannotDoYet(f"nothing renders to `{kind}` yet")
    try:
        return _KINDS[kind](found)
    except ValidationError as error:
        raise ExpressionError(str(error)) from error


def _reader(kind: Any) -> Callable[[object], object]:
    adapter: TypeAdapter[object] = TypeAdapter(Templated[kind])
    return lambda found: adapter.validate_python(found, context={RENDERED: True})


_KINDS: Mapping[str, Callable[[object], object]] = {
    "string": _reader(str),
    "int": _reader(int),
    "float": _reader(float),
    "double": _reader(float),
    "list": _reader(list[Any]),
    "map": _reader(dict[str, Any]),
    "duration": _reader(timedelta),
    "select values": _reader(list[Text]),
    "multiselect values": _reader(list[Text]),
    "boolean": is_truthy,
}


def _check_error(expect: Mapping[str, Any], message: str) -> None:
    assert expect.get("error"), f"expected a value, found the error: {message}"
    for part in expect.get("error_contains", ()):
        assert part in message, f"expected an error with {part!r}, found: {message}"
    if "error_equals" in expect:
        assert message == expect["error_equals"]


def _check_value(expect: Mapping[str, Any], found: object) -> None:
    assert not expect.get("error"), f"expected an error, found {found!r}"
    for name, wanted in expect.items():
        if name not in _CHECKS:
            raise CannotDoYet(f"`{name}` of an expectation is not supported yet")
        assert _CHECKS[name](wanted, found), f"expected {name} {wanted!r}, found {found!r}"


_WORDS = {"yyyy": "%Y", "MM": "%m", "dd": "%d", "HH": "%H", "mm": "%M", "ss": "%S"}


def _now_texts(wanted: Mapping[str, Any]) -> list[str]:
    """The present moment in a format, and the one a little ago, in case that a minute ended meanwhile."""
    zone = ZoneInfo(wanted["timeZone"]) if wanted.get("timeZone") else None
    form = re.sub("|".join(_WORDS), lambda word: _WORDS[word[0]], wanted["format"])
    now: datetime = clock.now()
    return [(now - timedelta(seconds=ago)).astimezone(zone).strftime(form) for ago in (0, 5)]


def _data(found: object) -> Any:
    """A value, or the value that its text describes."""
    return json.loads(found) if isinstance(found, str) else found


def _comma_parts(wanted: Any, found: Any) -> bool:
    parts = [part.strip() for part in str(found).split(",")]
    return len(parts) == wanted if isinstance(wanted, int) else sorted(parts) == sorted(wanted)


def _between(wanted: Any, found: Any) -> bool:
    least, most = (wanted["min"], wanted["max"]) if isinstance(wanted, dict) else wanted
    return bool(least <= int(found) <= most)


_CHECKS: Mapping[str, Callable[[Any, Any], bool]] = {
    "error": lambda wanted, _: not wanted,
    "value": fits,
    "not_value": lambda wanted, found: not fits(wanted, found),
    "contains": lambda wanted, found: all(part in found for part in wanted),
    "starts_with": lambda wanted, found: found.startswith(wanted),
    "ends_with": lambda wanted, found: found.endswith(wanted),
    "not_empty": lambda wanted, found: bool(found) is wanted,
    "empty_or_null": lambda wanted, found: (found in (None, "")) is wanted,
    "int_between": _between,
    "comma_parts": _comma_parts,
    "json_has_items": lambda wanted, found: all(any(fits(item, each) for each in _data(found)) for item in wanted),
    "has_items": lambda wanted, found: all(any(fits(item, each) for each in _data(found)) for item in wanted),
    "json_subset": lambda wanted, found: holds(wanted, _data(found)),
    "has_entries": lambda wanted, found: holds(wanted, _data(found)),
    "keys_ordered": lambda wanted, found: list(_data(found)) == wanted,
    "contains_now": lambda wanted, found: all(any(text in found for text in _now_texts(one)) for one in wanted),
    "equals_now": lambda wanted, found: found in _now_texts(wanted),
}
