"""A Schedule does not look at a condition.

## What it does

Finds a condition of a Schedule that looks at an execution of another flow.

## Why it matters

A Schedule only has a date; the condition has no effect.

## Example

```yaml
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
triggers:
  - id: morning
    type: io.kestra.plugin.core.trigger.Schedule
    cron: 0 8 * * *
    conditions:
      - type: io.kestra.plugin.core.condition.ExecutionStatus
        in: [FAILED]
```

## Use instead

```yaml
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
triggers:
  - id: morning
    type: io.kestra.plugin.core.trigger.Schedule
    cron: 0 8 * * *
    conditions:
      - type: io.kestra.plugin.core.condition.DateTimeBetween
        after: "2026-01-01T00:00:00Z"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from gitops.language.outline import items
from gitops.language.quoting import quote
from gitops.lint.finding import Finding, Severity
from gitops.lint.members import triggers
from gitops.lint.rule import rule
from gitops.lint.subject import Subject

_LISTS = ("conditions", "scheduleConditions")


@rule(severity=Severity.WARNING, since="0.1", about=("conditions", "scheduleConditions"))
def ignored_condition(subject: Subject) -> Iterator[Finding]:
    """Every condition of a Schedule that needs more than a date."""
    for trigger in triggers(subject, "io.kestra.plugin.core.trigger.Schedule"):
        for name in _LISTS:
            for path, condition in items(trigger.data, name, trigger.path):
                kind = condition.get("type")
                known = subject.kinds.find(kind) if isinstance(kind, str) else None
                if known and known.room == "Condition" and not known.schema.get("x-timed"):
                    yield subject.finding(
                        (*path, "type"),
                        f"a Schedule does not look at the condition {quote(str(kind))}",
                        expected="a condition that looks at the date",
                        found="one that looks at an execution of another flow",
                        help="delete it, or use a Flow trigger",
                    )
