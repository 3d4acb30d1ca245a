"""What Kestra's messages are called here. Our words differ on purpose: they say what was expected and what to do."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gitops.lint.finding import Finding


@dataclass(frozen=True, slots=True)
class Phrase:
    """One kind of Kestra's messages, what a finding has to name that says the same, and why our words differ.

    In `ours` a name in braces stands for the group of that name in `kestra`. With `rules`, only their findings say it.
    """

    kestra: str
    ours: str
    reason: str
    rules: tuple[str, ...] = ()


PHRASES: tuple[Phrase, ...] = (
    Phrase(
        r"Invalid type: (?P<name>.+)",
        r"`{name}`",
        "we say which kind of type is unknown: a task's, a trigger's, an input's",
        ("unknown-type", "bad-enum"),
    ),
    Phrase(
        r'Unrecognized field "(?P<name>[^"]+)".*',
        r"unknown property `{name}`",
        "the names of classes of Java help nobody",
        ("unknown-property",),
    ),
    Phrase(r"Duplicate input with name \[(?P<name>.+)\]", r"`{name}`", "inputs have ids here", ("duplicate-input-id",)),
    Phrase(
        r"Duplicate field '(?:.*\.)?(?P<name>[^.']+)'",
        r"`{name}`",
        "the place says which mapping it is; what is in it are keys",
        ("duplicate-key",),
    ),
    Phrase(
        r"(?:.*: )?(?:must not be empty|The 'tasks' property cannot be empty)",
        r"`(?:\w+\.)*(?:tasks|errors)(?:\[\d+\])?`",
        "we say which list it is, and whether it is empty or missing",
        ("empty-tasks", "missing-property"),
    ),
    Phrase(
        r"(?P<name>\w+): must not be null",
        r"`{name}`",
        "what is not written is missing, not null",
        ("missing-property",),
    ),
    Phrase(
        r"System labels can only be set by Kestra itself, offending label: (?P<key>[^=]+)=.*",
        r"`(?:labels\.)?{key}`.*`system\.`",
        "it is not Kestra that sets them here",
    ),
    Phrase(
        r"'(?P<one>\w+)' must be less than '(?P<other>\w+)' but is .*",
        r"`(?:\w+\.)*{one}`.*`(?:\w+\.)*{other}`",
        "names stand in backquotes, values behind expected and found",
    ),
    Phrase(
        r"`(?P<name>values?)` (?:cannot|must) be null for type (?P<type>\w+)",
        r"`{name}`.*`{type}`|`{type}`.*`{name}`",
        "what is not written is missing, not null",
    ),
    Phrase(
        r"Time window of type `(?P<type>\w+)` must have an? (?P<name>\w+)\.?",
        r"`{name}`",
        "a missing property is a missing property, wherever it is",
    ),
    Phrase(
        r"\w+: no `defaults` can be set for inputs of type '(?P<type>\w+)'.*",
        r"`(?:\w+\.)*defaults`",
        "the place says which input it is",
    ),
    Phrase(r"\w+: `itemType` cannot be `(?P<type>\w+).*", r"`itemType`.*`{type}`", "the place says which input it is"),
    Phrase(
        r"Invalid Flow: Recursive call to flow \[.+\]",
        r"(?i)\bitself\b|\brecursi",
        "the file already says which flow it is",
    ),
    Phrase(
        r"\w+: Only runnable tasks are allowed as children of a (?P<type>\w+) task",
        r"(?i)\brunnable\b|`{type}`",
        "the place says which task it is",
    ),
    Phrase(
        r"flow\.(?P<name>id|namespace)",
        r"(?i)\b{name}\b",
        "one finding says that a deployed flow got another name",
        ("namespace-changed",),
    ),
    Phrase(r"(?P<old>[\w.]+) is replaced by (?P<new>[\w.]+)", r"`{old}`.*`{new}`", "names stand in backquotes"),
    Phrase(
        r"This flow will be triggered for EVERY execution of EVERY flow.*",
        r"(?i)\bevery (?:execution|flow)\b",
        "the place says which trigger it is",
    ),
)


def says(finding: Finding, message: str) -> bool:
    """Whether a finding says what a message of Kestra says."""
    words = _text(finding)
    for phrase in PHRASES:
        found = re.fullmatch(phrase.kestra, message.strip(), re.DOTALL)
        if found:
            pattern = _filled(phrase.ours, found.groupdict())
            right = not phrase.rules or finding.rule in phrase.rules
            return right and re.search(pattern, words, re.DOTALL) is not None
    return message in words


def _filled(pattern: str, names: dict[str, str]) -> str:
    """The pattern with its names put in."""
    return re.sub(r"\{([a-z]+)\}", lambda name: re.escape(names[name[1]]), pattern)


def _text(finding: Finding) -> str:
    parts = (("", finding.message), ("expected: ", finding.expected), ("found: ", finding.found), ("", finding.help))
    return "\n".join(f"{label}{text}" for label, text in parts if text)
