"""A span of time has no bound.

## What it does

Finds a DateTimeBetween condition with neither `after` nor `before`.

## Why it matters

It could not tell any date from another.

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
      - type: io.kestra.plugin.core.condition.DateTimeBetween
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

from gitops.lint.finding import Finding, Severity
from gitops.lint.members import conditions
from gitops.lint.rule import rule
from gitops.lint.rule_entry import Profile
from gitops.lint.subject import Subject


@rule(
    severity=Severity.ERROR,
    since="0.1",
    profile=Profile.MINIMAL,
    about=("io.kestra.plugin.core.condition.DateTimeBetween",),
)
def missing_bounds(subject: Subject) -> Iterator[Finding]:
    """Every DateTimeBetween without a bound."""
    for condition in conditions(subject, "io.kestra.plugin.core.condition.DateTimeBetween"):
        if condition.data.get("after") is None and condition.data.get("before") is None:
            yield subject.finding(
                (*condition.path, "type"),
                "the condition has neither `after` nor `before`",
                expected="`after`, `before` or both",
                found="neither",
                help="add `after` with the date that the span begins at, or `before` with the date that it ends at",
            )
