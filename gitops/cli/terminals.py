"""What the place can show that is printed to: colours, links, and which lines a build host would obey."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from typing import TextIO

COLORS = ("auto", "always", "never")

_COMMAND = re.compile(r"##(?=vso\[|\[)|^(\s*):(?=:)", re.MULTILINE)
_LINKING = {"iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "Tabby", "rio"}
_LINKING_TERMS = {"xterm-kitty", "alacritty", "foot", "xterm-ghostty", "wezterm"}
_FIRST_VTE = 5000


def colored(choice: str, stream: TextIO, environment: Mapping[str, str] = os.environ) -> bool:
    """Whether colours are printed: as it was chosen, else as the environment asks, else where they are seen."""
    if choice != "auto":
        return choice == "always"
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR", "0") not in {"", "0", "false"}:
        return True
    return stream.isatty() and environment.get("TERM") != "dumb"


def linking(stream: TextIO, environment: Mapping[str, str] = os.environ) -> bool:
    """Whether links can be followed where it is printed to; of terminals that do not say it, nothing is hoped."""
    if not stream.isatty() or environment.get("TERM") == "dumb" or environment.get("NO_COLOR"):
        return False
    vte = environment.get("VTE_VERSION", "")
    return (
        (vte.isdecimal() and int(vte) >= _FIRST_VTE)
        or environment.get("TERM_PROGRAM") in _LINKING
        or environment.get("TERM") in _LINKING_TERMS
        or bool(environment.get("WT_SESSION") or environment.get("KONSOLE_VERSION"))
    )


def read_by_host(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether a build host reads what is printed, and obeys what looks like its commands."""
    return bool(environment.get("GITHUB_ACTIONS") or environment.get("TF_BUILD"))


def harmless(text: str) -> str:
    """Lines without what a build host would obey; it looks for `##[` and `##vso[` in the middle of lines too."""
    return _COMMAND.sub(lambda match: "## " if match[0] == "##" else f"{match[1]}: ", text)


def never_fail(stream: TextIO) -> None:
    """Let a stream print what its encoding does not know, such as names of files that are no text, as escapes."""
    import io  # always loaded; named here because type checkers need it

    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="backslashreplace")


def standard_output() -> TextIO:
    """Standard output, safe to print anything to."""
    never_fail(sys.stdout)
    return sys.stdout
