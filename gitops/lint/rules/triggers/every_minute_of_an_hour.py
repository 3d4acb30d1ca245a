"""A schedule fires sixty times where once was meant.

## What it does

Finds cron expressions whose minute is `*` and whose hour is fixed, such as `* 8 * * *`.

## Why it matters

It runs every minute from 8:00 to 8:59. Who wants one run a day writes `0 8 * * *`.

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
    cron: "* 8 * * *"
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
    cron: "0 8 * * *"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from gitops.language.quoting import quote
from gitops.lint.crons import crons
from gitops.lint.finding import Finding, Fix, Severity
from gitops.lint.rule import rule
from gitops.lint.subject import Subject


@rule(severity=Severity.WARNING, since="0.2", about=("cron",))
def every_minute_of_an_hour(subject: Subject) -> Iterator[Finding]:
    """Every such schedule."""
    for path, cron in crons(subject):
        minute, hour, *rest = cron
        if minute == "*" and hour.isdigit():
            better = " ".join(("0", hour, *rest))
            yield subject.finding(
                path,
                f"this fires every minute from {hour}:00 to {hour}:59",
                expected=quote(better),
                found=quote(" ".join(cron)),
                help=f"write {quote(better)} for once a day",
                fix=Fix(f"write {quote(better)}", (subject.edit(path, f'"{better}"'),)),
            )
