"""A schedule says both a day of the month and a weekday.

## What it does

Finds cron expressions in which both the day of the month and the weekday are restricted.

## Why it matters

It fires when either fits, not when both do: `0 9 13 * 5` is every 13th and every Friday.

## Example

```yaml
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
triggers:
  - id: nightly
    type: io.kestra.plugin.core.trigger.Schedule
    cron: "0 9 13 * 5"
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
  - id: nightly
    type: io.kestra.plugin.core.trigger.Schedule
    cron: "0 9 13 * *"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from gitops.language.quoting import quote
from gitops.lint.crons import crons
from gitops.lint.finding import Finding, Severity
from gitops.lint.rule import rule
from gitops.lint.subject import Subject


@rule(severity=Severity.WARNING, since="0.2", about=("cron",))
def day_and_weekday(subject: Subject) -> Iterator[Finding]:
    """Every schedule with both; a step or a sign of the language's own is left to its author."""
    for path, cron in crons(subject):
        day, weekday = cron[2], cron[4]
        if day[:1].isdigit() and weekday[:1].isalnum() and "#" not in weekday:
            yield subject.finding(
                path,
                "this fires when the day or the weekday fits",
                expected="one of the two as `*`",
                found=quote(f"{day} … {weekday}"),
                help="leave one out, and look at the other in `conditions` or `runIf`",
            )
