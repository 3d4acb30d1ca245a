"""What the `git` program's complaints mean: one table from its words to what somebody can do about them."""

from __future__ import annotations

import re

COMPLAINT_LIMIT = 300

_ADVICE = {
    r"host key verification failed": "add the host's key to the known hosts file of the repository's credentials",
    r"authentication failed|could not read (username|password)|permission denied|error: 40[13]|access denied": (
        "check the repository's credentials"
    ),
    r"error: 30\d|redirect": "the repository has moved: write its new url in the settings",
    r"error: 404|not found|does not appear to be a git repository|does not exist": (
        "check the repository's url, and that its credentials may read it"
    ),
    r"dubious ownership": "let the repository belong to the user that gitops runs as",
    r"fsck|index-pack|unpack-objects": "the repository holds objects that Git refuses: run `git fsck` in a clone of it",
    r"no space left": "make room on the disk of the mirrors",
    r"could not resolve|unable to access|connection|could not read from remote|timed out|hung up": (
        "check that the host can be reached from here"
    ),
}
# Lines that only repeat that something went wrong, while another line says what.
_EMPTY_WORDS = re.compile(
    r"could not read from remote repository|correct access rights|repository exists|index-pack failed"
    r"|unpack-objects failed|early EOF|fsck error in packed object",
    re.IGNORECASE,
)
_LEAD = re.compile(r"^(?:fatal|error|remote|ssh): *|\x1b\[[0-9;]*[A-Za-z]")


def explain(complaint: str) -> str:
    """One sentence: the reason that Git gave, and what to do."""
    reason = _reason(complaint)
    advice = next((advice for words, advice in _ADVICE.items() if re.search(words, complaint, re.IGNORECASE)), None)
    return f"{reason}; {advice or 'run the same fetch by hand to see more'}"


def _reason(complaint: str) -> str:
    lines = [line.strip() for line in complaint.splitlines() if line.strip()]
    telling = [line for line in lines if not _EMPTY_WORDS.search(line)]
    fatal = [line for line in telling if line.startswith(("fatal:", "error:"))]
    chosen = (fatal or telling or lines or ["Git gave no reason"])[0]
    shown = "".join(character for character in _LEAD.sub("", chosen) if character.isprintable()).rstrip(". ")
    return shown if len(shown) <= COMPLAINT_LIMIT else shown[: COMPLAINT_LIMIT - 1] + "…"
