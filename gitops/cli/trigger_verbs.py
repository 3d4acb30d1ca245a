"""What each verb of `gitops trigger` takes, and what it asks of the API for one trigger and for many."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from gitops.cli.given_inputs import read_pairs
from gitops.errors import InvalidUsage

Arguments = argparse.Namespace
Key = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Ask:
    """A request: its path below `/triggers`, and what it gives; `json` is its body, None for none."""

    method: str
    path: str
    query: Mapping[str, object] = field(default_factory=dict)
    json: object = None


@dataclass(frozen=True, slots=True)
class Verb:
    """A sub-command. `many` gives None for options that only one trigger can have; without it no filter is taken."""

    summary: str
    done: str
    one: Callable[[Arguments, Key], Ask]
    many: Callable[[Arguments], Ask | None] | None = None
    declare: Callable[[argparse.ArgumentParser], None] = lambda _parser: None


def _switch(summary: str, done: str, *, disabled: bool) -> Verb:
    return Verb(
        summary,
        done,
        lambda _arguments, key: Ask("PUT", "", json={**key, "disabled": disabled}),
        lambda _arguments: Ask("POST", "/set-disabled/by-query", {"disabled": disabled}),
    )


def _address(key: Key) -> str:
    return "".join(f"/{name}" for name in key.values())


def _declare_backfill(parser: argparse.ArgumentParser) -> None:
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--start", metavar="DATE", help="the first date, such as 2026-01-31 or 2026-01-31T08:00:00Z")
    for name, meaning in _STEERING.items():
        what.add_argument(f"--{name}", dest="steer", action="store_const", const=name, help=meaning)
    parser.add_argument("--end", metavar="DATE", help="the last date (default: now)")
    parser.add_argument("--input", action="append", default=[], metavar="ID=VALUE", help="an input; may be repeated")
    parser.add_argument("--label", action="append", default=[], metavar="KEY:VALUE", help="a label; may be repeated")


_STEERING = {"pause": "hold the backfill", "unpause": "let the backfill go on", "delete": "end the backfill"}


def _backfill(arguments: Arguments, key: Key) -> Ask:
    if arguments.steer:
        method = "POST" if arguments.steer == "delete" else "PUT"
        return Ask(method, f"/backfill/{arguments.steer}", json=key)
    return Ask("PUT", "/backfill/create", json={**key, "backfill": _given(arguments)})


def _backfills(arguments: Arguments) -> Ask | None:
    return Ask("POST", f"/backfill/{arguments.steer}/by-query") if arguments.steer else None


def _given(arguments: Arguments) -> dict[str, Any]:
    """The backfill as the API takes it; raises InvalidUsage."""
    end = {"end": _date("--end", arguments.end)} if arguments.end else {}
    labels = [_label(text) for text in arguments.label]
    return {
        "start": _date("--start", arguments.start),
        **end,
        "inputs": dict(read_pairs(arguments.input)),
        "labels": labels,
    }


def _label(text: str) -> dict[str, str]:
    key, colon, value = text.partition(":")
    if not key or not colon:
        raise InvalidUsage(f"--label: expected KEY:VALUE, found `{text}`")
    return {"key": key, "value": value}


def _date(name: str, text: str) -> str:
    """A date as the API takes it; one without a zone is in that of this machine."""
    try:
        return datetime.fromisoformat(text).astimezone().isoformat()
    except ValueError:
        raise InvalidUsage(
            f"{name}: expected a date such as 2026-01-31 or 2026-01-31T08:00:00Z, found `{text}`"
        ) from None


VERBS: Mapping[str, Verb] = {
    "enable": _switch("let triggers create executions again", "enabled", disabled=False),
    "disable": _switch("let triggers create no executions", "disabled", disabled=True),
    "unlock": Verb(
        "let triggers fire although their last execution still runs",
        "unlocked",
        lambda _arguments, key: Ask("POST", f"{_address(key)}/unlock"),
        lambda _arguments: Ask("POST", "/unlock/by-query"),
    ),
    "backfill": Verb(
        "run a trigger through its dates of the past, or steer such runs",
        "steered the backfill of",
        _backfill,
        _backfills,
        _declare_backfill,
    ),
    "restart": Verb(
        "evaluate a polling trigger anew, now",
        "restarted",
        lambda _arguments, key: Ask("POST", f"{_address(key)}/restart"),
    ),
    "reset": Verb(
        "forget where triggers stand, so that they begin anew",
        "reset",
        lambda _arguments, key: Ask("DELETE", _address(key)),
        lambda _arguments: Ask("DELETE", "/delete/by-query"),
    ),
}
