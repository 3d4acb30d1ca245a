"""The command `gitops`: its commands, and the one place where an error becomes an exit code.

Only argparse and importlib are imported here: each command imports its own needs, so that the linter starts fast.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from functools import cache
from typing import NoReturn

COMMANDS = {
    "lint": "find mistakes in flows",
    "rules": "list the rules",
    "explain": "explain a rule",
    "init": "set up a repository for the linter and for editors",
    "baseline": "let be what is found today, so that only new findings count",
    "lsp": "find mistakes while flows are written, in an editor",
    "schema": "print or write the JSON Schemas",
    "plan": "show what a commit would change",
    "sync": "bring a repository's flows to its newest commit now",
    "run": "run one flow here, without a server",
    "serve": "start the service",
    "status": "show repositories, commits and their statuses",
    "execution": "create, list, show, follow and steer executions",
    "trigger": "list triggers, switch them off and on, run them through the past",
}

_COLUMNS = 80

OK, FINDINGS, USAGE, BUG, INTERRUPTED = 0, 1, 2, 3, 130


def program() -> None:
    """Run one command as the process `gitops`."""
    code = main()
    if sys.argv[1:2] == ["lint"]:
        _leave(code)
    raise SystemExit(code)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code.

    0: good, 1: findings or failure, 2: not usable as given, 3: a mistake of ours.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    parser = _parser(words[0] if words and words[0] in COMMANDS else None)
    parsed = parser.parse_args(words)
    if parsed.command is None:
        parser.print_help()
        return USAGE
    try:
        return int(_module(parsed.command).run(parsed))
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()
        return OK
    except Exception as error:  # noqa: BLE001 - the one door where errors become exit codes
        return _explain(error, parsed.command)


def _leave(code: int) -> NoReturn:
    """End the process at once. Taking apart what the linter has made takes as long as a tenth of its run."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (BrokenPipeError, ValueError):
        pass  # whoever read has enough
    os._exit(code)


def _parser(wanted: str | None) -> argparse.ArgumentParser:
    """The parser; only the wanted command is known to it, or without one the names of all."""
    parser = argparse.ArgumentParser(prog="gitops", description="Git-backed flows as code.", formatter_class=_Help)
    parser.add_argument("--version", action="version", version=_version() if "--version" in sys.argv else "gitops")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    if wanted is None:
        for name, summary in COMMANDS.items():
            commands.add_parser(name, help=summary, formatter_class=_Help)
        return parser
    module, summary = _module(wanted), COMMANDS[wanted]
    command = commands.add_parser(
        wanted,
        help=summary,
        description=summary[0].upper() + summary[1:] + ".",
        epilog=module.EXAMPLE,
        formatter_class=_Help,
    )
    module.add_arguments(command)
    return parser


class _Help(argparse.RawDescriptionHelpFormatter):
    """Help as wide as the terminal. It is made for every argument, and argparse would load `shutil` to ask."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=_width() - 2)


@cache
def _width() -> int:
    """How many columns the terminal has."""
    columns = os.environ.get("COLUMNS", "")
    if columns.isdigit() and int(columns):
        return int(columns)
    try:
        return os.get_terminal_size(sys.__stdout__.fileno()).columns if sys.__stdout__ else _COLUMNS
    except (OSError, ValueError):
        return _COLUMNS


def _module(name: str):  # type: ignore[no-untyped-def]  # noqa: ANN202 - a command module; its names are checked by a test
    return importlib.import_module(f"gitops.cli.{name}")


def _explain(error: Exception, command: str) -> int:
    """Print an error of ours as one sentence, and of anything else that it is a bug."""
    from gitops.errors import GitopsError, InvalidSettings, InvalidUsage

    if isinstance(error, OSError) and isinstance(error.filename, str):
        error = InvalidUsage(f"{error.filename}: {error.strerror}")
    if not isinstance(error, GitopsError):
        from gitops.cli.internal_error import tell_bug

        tell_bug(error, trace=command == "serve")
        return BUG
    print(f"gitops: {error}", file=sys.stderr)
    # What a linter could not read is not what it has found.
    return USAGE if command == "lint" or isinstance(error, InvalidSettings | InvalidUsage) else FINDINGS


def _version() -> str:
    from importlib.metadata import version

    return f"gitops {version('gitops')}"


if __name__ == "__main__":
    program()
