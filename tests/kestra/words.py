"""What Kestra's messages are called here. Our words differ on purpose: they say what was expected and what to do."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gitops.lint.finding import Finding


@dataclass(frozen=True, slots=True)
class Phrase:
    """One kind of Kestra's messages, what a finding has to name that says the same, and why our words differ.

    In `ours` a name in braces stands for the group of that name in `kestra`; `{spaced}` for `start time` reads
    `starttime`. With `rules`, only their findings say it. A group `each` holds several names with commas, and each of
    them has to be said by some finding.
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
    Phrase(
        r"(?:Invalid Flow: )?Duplicate (?P<what>task|trigger|input|output) (?:id )?with name \[(?P<each>.+)\]",
        r"{what} id `{each}`",
        "each of them is a finding at its place",
        ("duplicate-task-id", "duplicate-trigger-id", "duplicate-input-id", "duplicate-output-id"),
    ),
    Phrase(
        r"Duplicate field '(?:.*\.)?(?P<name>[^.']+)'",
        r"`(?:[^`]+\.)?{name}`",
        "the place says which mapping it is; what is in it are keys",
        ("duplicate-key",),
    ),
    Phrase(
        r"Illegal flow yaml: .*",
        r"\S",
        "we say in our words what is wrong with the text, and where",
        ("yaml-syntax", "duplicate-key", "unquoted-expression", "multi-document", "yaml-tag", "empty-file"),
    ),
    Phrase(
        r"(?:.*\W)?after\W.*\Wbefore(?:\W.*)?",
        r"`after`.*`before`",
        "we say what each of the two would do",
        ("missing-bounds",),
    ),
    Phrase(
        r"(?:.*: )?No task defined(?:, neither cases or default have any tasks)?",
        r"`(?:\w+\.)*(?:tasks|cases)(?:\[\d+\])?`",
        "we say which list it is, and whether it is empty or missing",
        ("empty-tasks", "missing-property", "switch-without-branch"),
    ),
    Phrase(
        r"(?:.*: )?(?:must not be empty|The 'tasks' property cannot be empty)",
        r"`(?:\w+\.)*(?:tasks|errors|then)(?:\[\d+\])?`",
        "we say which list it is, and whether it is empty or missing",
        ("empty-tasks", "missing-property"),
    ),
    Phrase(
        r"(?:.*[.:] ?)?(?P<name>\w+): must not be (?:null|blank)",
        r"`{name}`",
        "what is not written is missing, not null",
        ("missing-property", "wrong-kind", "invalid-id", "out-of-range"),
    ),
    Phrase(
        r"(?:.*[.:] ?)?(?P<name>\w+): must be null",
        r"`{name}`",
        "what must never be there is no property",
        ("unknown-property",),
    ),
    Phrase(
        r"(?:.*\.)?(?P<name>id|namespace|flowId): (?:must match|size must be) .*",
        r"`{name}`",
        "we say in words which characters an id may have, and how many",
        ("invalid-id",),
    ),
    Phrase(
        r"(?:.*\.)?(?P<name>\w+): must be (?:greater|less) than .*",
        r"`(?:\w+\.)*{name}`",
        "limits stand behind expected",
        ("out-of-range",),
    ),
    Phrase(
        r"(?:.*: )?invalid cron expression '(?P<cron>[^']*)'.*",
        r"`cron`.*`{cron}`",
        "we say what a cron expression is, not at which character a reader gave up",
        ("bad-format",),
    ),
    Phrase(
        r"(?:.*: )?invalid webhook: conditions of type (?P<type>\w+) are not supported",
        r"\b{type} waits for several executions",
        "we say which conditions a webhook may have",
    ),
    Phrase(
        r"(?:.*: )?'(?P<zone>[^']*)' is not a valid time-zone ID.*",
        r"`timezone`.*`{zone}`",
        "the place says which property it is",
        ("bad-format",),
    ),
    Phrase(
        r"(?:.*: )?System labels can only be set by Kestra itself, offending label: (?P<key>[^=]+)=.*",
        r"`(?:labels\.)?{key}`.*`system\.`|`system\.`.*`{key}`",
        "it is not Kestra that sets them here",
    ),
    Phrase(
        r"(?:.*: )?'(?P<one>\w+)' must be less than '(?P<other>\w+)' but is (?P<value>\S+)",
        r"`(?:\w+\.)*{one}`.*`(?:\w+\.)*{other}`.*`{value}`",
        "names stand in backquotes, values behind expected and found",
        ("increasing-durations",),
    ),
    Phrase(
        r"(?:.*: )?`(?P<name>values?)` (?:cannot|must) be null for type (?P<type>\w+)",
        r"`{name}`.*`{type}`|`{type}`.*`{name}`",
        "what is not written is missing, not null; what must not be there is an unknown property",
        ("missing-property", "unknown-property"),
    ),
    Phrase(
        r"(?:.*: )?Time window of type `(?P<type>\w+)` must have an? (?P<spaced>[\w ]+)\.?",
        r"(?i)`{spaced}`.*`{type}`",
        "a missing property is a missing property, wherever it is",
        ("missing-property",),
    ),
    Phrase(
        r"(?:.*: )?Time window of type `(?P<type>\w+)` (?:cannot|must not) have an? (?P<spaced>[\w ]+)\.?",
        r"(?i)`{spaced}`.*`{type}`",
        "a property of another type is an unknown property, wherever it is",
        ("unknown-property",),
    ),
    Phrase(
        r"\w+: no `defaults` can be set for inputs of type '(?P<type>\w+)'.*",
        r"`(?:\w+\.)*defaults`",
        "the place says which input it is, and a file may have a default today: an address of one",
    ),
    Phrase(r"\w+: `itemType` cannot be `(?P<type>\w+).*", r"`itemType`.*`{type}`", "the place says which input it is"),
    Phrase(
        r"(?:Invalid Flow: )?Recursive call to flow \[(?P<name>.+)\]",
        r"itself.*`{name}`",
        "we say what is wrong with it",
        ("recursive-flow",),
    ),
    Phrase(
        r"(?:.*: )?Not existing task id in dependency: (?P<each>.+)",
        r"`{each}`",
        "each of them is a finding at its place",
        ("unknown-dependency",),
    ),
    Phrase(
        r"(?:.*: )?Cyclic dependency detected: (?P<each>.+)",
        r"`{each}`",
        "we show the circle, each name leading to the next",
        ("cyclic-dependency",),
    ),
    Phrase(
        r"Input with id '(?P<one>[^']+)' depends on (?:a non-existent|an unknown) input '(?P<other>[^']+)'\.?",
        r"`{one}`.*`{other}`",
        "names stand in backquotes",
        ("unknown-dependency",),
    ),
    Phrase(
        r"(?:\w+: )?Only runnable tasks are allowed as children of a \w+ task",
        r"\bonly runnable tasks\b",
        "the place says which task it is",
        ("not-runnable",),
    ),
    Phrase(
        r"(?:\w+: )?Cannot set a Worker Group in any WorkingDirectory sub-tasks.*",
        r"`workerGroup`",
        "we say where to set it",
        ("misplaced-worker-group",),
    ),
    Phrase(
        r"flow\.(?P<name>id|namespace)",
        r"(?i)\b{name}\b",
        "one finding says that a deployed flow got another name",
        ("namespace-changed",),
    ),
    Phrase(
        r"(?P<old>[\w.$]+) is replaced by (?P<new>[\w.$]+)",
        r"`{old}`.*`{new}`",
        "names stand in backquotes",
        ("deprecated-alias",),
    ),
    Phrase(
        r"This flow will be triggered for EVERY execution of EVERY flow.*'(?P<name>[^']+)'\.",
        r"`{name}`.*\bevery execution of every flow\b",
        "we do not shout",
        ("unfiltered-flow-trigger",),
    ),
)


def says(findings: list[Finding], message: str) -> bool:
    """Whether findings say what a message of Kestra says: one of them all of it, or each of several names."""
    for phrase in PHRASES:
        found = re.fullmatch(phrase.kestra, message.strip(), re.DOTALL)
        if found:
            return all(any(_says_it(finding, phrase, names) for finding in findings) for names in _spread(found))
    return any(message in _text(finding) for finding in findings)


def _spread(found: re.Match[str]) -> list[dict[str, str]]:
    """What was found in a message, once for each of its names."""
    names = {name: text for name, text in found.groupdict().items() if text is not None}
    return [{**names, "each": each.strip()} for each in names.get("each", "").split(",")]


def _says_it(finding: Finding, phrase: Phrase, names: dict[str, str]) -> bool:
    pattern = re.sub(r"\{([a-z]+)\}", lambda name: re.escape(_joined(name[1], names)), phrase.ours)
    right = not phrase.rules or finding.rule in phrase.rules
    return right and re.search(pattern, _text(finding), re.DOTALL) is not None


def _joined(name: str, names: dict[str, str]) -> str:
    return names[name].replace(" ", "") if name == "spaced" else names[name]


def _text(finding: Finding) -> str:
    parts = (("", finding.message), ("expected: ", finding.expected), ("found: ", finding.found), ("", finding.help))
    return "\n".join(f"{label}{text}" for label, text in parts if text)
