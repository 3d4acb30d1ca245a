"""What Git says, and what we make of it."""

from __future__ import annotations

import pytest

from gitops.git.complaint import explain


@pytest.mark.parametrize(
    ("complaint", "sentence"),
    [
        (
            "remote: Invalid username or password.\nfatal: Authentication failed for 'https://host/x/'\n",
            "Authentication failed for 'https://host/x/'; check the repository's credentials",
        ),
        (
            (
                "git@host: Permission denied (publickey).\r\nfatal: Could not read from remote repository.\n\n"
                "Please make sure you have the correct access rights\nand the repository exists.\n"
            ),
            "git@host: Permission denied (publickey); check the repository's credentials",
        ),
        (
            "fatal: unable to access 'https://host/x/': The requested URL returned error: 403",
            (
                "unable to access 'https://host/x/': The requested URL returned error: 403; "
                "check the repository's credentials"
            ),
        ),
        (
            "fatal: unable to access 'https://host/x/': Could not resolve host: host",
            (
                "unable to access 'https://host/x/': Could not resolve host: host; "
                "check that the host can be reached from here"
            ),
        ),
        (
            (
                "error: object 1234: hasDotgit: contains '.git'\nfatal: fsck error in packed object\n"
                "fatal: fetch-pack: invalid index-pack output"
            ),
            (
                "object 1234: hasDotgit: contains '.git'; "
                "the repository holds objects that Git refuses: run `git fsck` in a clone of it"
            ),
        ),
        (
            "error: file write error: No space left on device\nfatal: something",
            "file write error: No space left on device; make room on the disk of the mirrors",
        ),
        ("something odd\x1b[31m\x07", "something odd; run the same fetch by hand to see more"),
        ("", "Git gave no reason; run the same fetch by hand to see more"),
        ("fatal: early EOF", "early EOF; run the same fetch by hand to see more"),
    ],
)
def test_a_complaint_becomes_a_sentence(complaint: str, sentence: str) -> None:
    assert explain(complaint) == sentence


def test_a_long_complaint_is_cut() -> None:
    assert explain("fatal: " + "x" * 1000).startswith("x" * 299 + "…; ")
