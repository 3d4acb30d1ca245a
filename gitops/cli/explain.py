"""`gitops explain`: what a rule finds, why that matters, and how it is configured."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from gitops.cli.known_rules import known_rules
from gitops.errors import InvalidUsage
from gitops.lint.fixable import fixable
from gitops.lint.pages import page
from gitops.lint.rule import Declared, load
from gitops.lint.words import closest, did_you_mean

EXAMPLE = """\
examples:
  gitops explain unknown-property
  gitops rules                       the names of all rules
"""

_NO_RULES = {
    "invalid-configuration": "What `.gitops.yaml` says is not usable; the message says where and why.",
    "unreadable-file": "The service does not read a file of the commit, such as a link or one with an unsafe name.",
    "flow-owned-elsewhere": "Another repository has deployed this flow; give it another id or namespace.",
    "deletes-everything": "A commit without any flow would delete all that are deployed, which the service refuses.",
    "not-available": "The flow uses a part of the language that this version does not act on.",
    "model-disagrees": "The linter accepts a flow and the engine does not: a mistake in gitops, please report it.",
}
"""What the service says under a name of its own, which no configuration changes."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("rule", metavar="RULE", help="its name, as findings have it in brackets")


def run(arguments: argparse.Namespace) -> int:
    """Print the page of a rule. Raises InvalidUsage for a name that no rule has."""
    name = arguments.rule.strip("[]").lower().replace("_", "-")
    if name in _NO_RULES:
        print(f"{name}\n\n{_NO_RULES[name]}")
        return 0
    rules = known_rules()
    if name not in rules:
        question = did_you_mean(closest(name, tuple(rules))) or "`gitops rules` lists them"
        raise InvalidUsage(f"there is no rule `{arguments.rule}`; {question}")
    declared = load(rules[name])
    print("\n".join([f"# {name}", "", page(declared).rstrip("\n"), "", *_configuring(declared)]))
    return 0


def _configuring(declared: Declared) -> Iterator[str]:
    """How the rule is set, let be, and mended, with this rule in the examples."""
    rule = declared.rule
    yield from ("## Configure", "")
    if rule.fixed:
        yield "It is always an error: a file with it cannot be read as a flow."
        return
    yield from (
        "In `.gitops.yaml` (`error`, `warning`, `info`, `off`, or `on` in any profile):",
        "",
        "```yaml",
        "rules:",
    )
    if declared.options:
        yield f"  {rule.name}:"
        yield f"    severity: {rule.severity}"
        yield from (f"    {option.name}: {_yaml(option.default)}" for option in declared.options)
    else:
        yield f"  {rule.name}: {rule.severity}"
    yield from ("```", "", "At one place, by a comment on the line, above it, or above the task:", "", "```yaml")
    yield from (f'# gitops: ignore[{rule.name}] reason="…"', "```", "")
    mending = f"`gitops lint --only {rule.name}` finds it alone"
    yield f"{mending}, and `--fix` mends what it can." if fixable(rule) else f"{mending}."


def _yaml(value: object) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(map(str, value))}]"
    return str(value).lower() if isinstance(value, bool) else f'"{value}"' if isinstance(value, str) else str(value)
