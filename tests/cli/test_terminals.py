"""What the place can show that is printed to."""

from __future__ import annotations

import io

import pytest

from gitops.cli.terminals import colored, harmless, linking, never_fail, read_by_host


class Terminal(io.StringIO):
    """A place where people look."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("environment", "on_terminal", "elsewhere"),
    [
        ({}, True, False),
        ({"NO_COLOR": "1"}, False, False),
        ({"NO_COLOR": ""}, True, False),
        ({"FORCE_COLOR": "1"}, True, True),
        ({"FORCE_COLOR": "0"}, True, False),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False, False),
        ({"TERM": "dumb"}, False, False),
    ],
)
def test_colours_are_shown_where_they_are_seen_or_asked_for(
    environment: dict[str, str], on_terminal: bool, elsewhere: bool
) -> None:
    assert colored("auto", Terminal(), environment) == on_terminal
    assert colored("auto", io.StringIO(), environment) == elsewhere
    assert colored("always", io.StringIO(), environment)
    assert not colored("never", Terminal(), environment)


@pytest.mark.parametrize(
    ("environment", "followed"),
    [
        ({"VTE_VERSION": "6003"}, True),
        ({"VTE_VERSION": "4000"}, False),
        ({"TERM_PROGRAM": "vscode"}, True),
        ({"TERM": "xterm-kitty"}, True),
        ({"WT_SESSION": "x"}, True),
        ({"KONSOLE_VERSION": "230401"}, True),
        ({"TERM": "xterm-256color"}, False),
        ({"VTE_VERSION": "6003", "TERM": "dumb"}, False),
        ({"VTE_VERSION": "6003", "NO_COLOR": "1"}, False),
        ({}, False),
    ],
)
def test_links_are_made_where_they_are_followed(environment: dict[str, str], followed: bool) -> None:
    assert linking(Terminal(), environment) == followed
    assert not linking(io.StringIO(), environment)


def test_what_a_host_would_obey_is_broken() -> None:
    assert harmless("a ##vso[task.x]b ##[error]c") == "a ## vso[task.x]b ## [error]c"
    assert harmless("::error::x\n  ::y\na::b\n") == ": :error::x\n  : :y\na::b\n"
    assert harmless("## heading\n") == "## heading\n"


def test_a_host_is_told_by_its_environment() -> None:
    assert read_by_host({"GITHUB_ACTIONS": "true"})
    assert read_by_host({"TF_BUILD": "True"})
    assert not read_by_host({})


def test_a_stream_that_never_fails_prints_what_it_does_not_know_as_escapes() -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="ascii")
    never_fail(stream)
    stream.write("é\udcff")
    stream.flush()
    assert raw.getvalue() == b"\\xe9\\udcff"
