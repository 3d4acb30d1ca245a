"""The program of a side process: it runs jq programs and searches for regular expressions, one request a line.

It is started by its path and imports nothing of gitops. Before it reads anything, it gives up what it does not need:
it can open no file and no connection, has no environment, and may use only so much memory and time.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from functools import lru_cache
from typing import Any

import jq  # type: ignore[import-not-found]  # ships no types
import regex

_MEMORY = 1024 * 1024 * 1024
_PROCESSOR_SECONDS = 120
_LONGEST = 64 * 1024 * 1024


def main() -> None:
    """Say that it is ready, then answer requests until there are no more."""
    _renounce()
    _say({})
    for line in sys.stdin.buffer:
        _say(_answer(json.loads(line)))


def _say(answer: dict[str, Any]) -> None:
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n")
    sys.stdout.buffer.flush()


def _renounce() -> None:
    """No environment, no further files, small memory; the time ends a loop whose parent is gone."""
    os.environ.clear()
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_PROCESSOR_SECONDS, _PROCESSOR_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))


def _answer(request: dict[str, Any]) -> dict[str, Any]:
    try:
        return _jq(request) if "jq" in request else _regex(request)
    except MemoryError:
        return {"error": "it needs too much memory"}
    except (ValueError, RecursionError, regex.error) as error:
        return {"error": str(error)}


@lru_cache(maxsize=64)
def _program(program: str) -> Any:  # noqa: ANN401 - a program of jq, which has no types
    return jq.compile(program)


def _jq(request: dict[str, Any]) -> dict[str, Any]:
    results: list[object] = []
    length = 0
    for result in _program(request["jq"]).input_text(request["json"]):
        length += len(json.dumps(result))
        if length > _LONGEST:
            raise ValueError(f"the results are longer than {_LONGEST:,} characters")
        results.append(result)
    return {"results": results}


def _regex(request: dict[str, Any]) -> dict[str, Any]:
    pattern = regex.compile(request["regex"], regex.VERSION1)
    matches: list[tuple[int, int, list[str | None]]] = []
    length = 0
    for match in pattern.finditer(request["text"]):
        groups = [match[0], *match.groups()]
        length += sum(len(group or "") for group in groups) + len(groups)
        if length > _LONGEST:
            raise ValueError(f"the matches are longer than {_LONGEST:,} characters")
        matches.append((match.start(), match.end(), groups))
        if len(matches) == request["most"]:
            break
    return {"names": dict(pattern.groupindex), "matches": matches}


if __name__ == "__main__":
    main()
