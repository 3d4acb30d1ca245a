"""A schedule does not say its time zone.

## What it does

Finds Schedule triggers that fire at certain hours and have no `timezone`.

## Why it matters

The hour is that of the machine, which may be another tomorrow; and twice a year it jumps.

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
    cron: 0 2 * * *
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
    cron: 0 2 * * *
    timezone: Europe/Paris
```
"""

from __future__ import annotations

from collections.abc import Iterator

from gitops.lint.crons import crons
from gitops.lint.finding import Finding, Severity
from gitops.lint.rule import rule
from gitops.lint.rule_entry import Profile
from gitops.lint.subject import Subject


@rule(severity=Severity.INFO, since="0.2", profile=Profile.STRICT, about=("cron",))
def schedule_without_timezone(subject: Subject) -> Iterator[Finding]:
    """Every schedule at certain hours in no zone."""
    for path, cron in crons(subject):
        trigger = subject.at(path[:-1])
        if cron[1] != "*" and isinstance(trigger, dict) and not trigger.get("timezone"):
            yield subject.finding(
                path,
                "the time zone of this schedule is that of the machine",
                expected="`timezone`",
                help="add `timezone: Etc/UTC`, or the zone that is meant",
            )
