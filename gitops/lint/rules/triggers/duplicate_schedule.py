"""Two schedules of a flow are the same.

## What it does

Finds Schedule triggers of one flow with the same cron expression and time zone, and the same inputs.

## Why it matters

The flow runs twice at the same time.

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
  - id: again
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
```
"""

from __future__ import annotations

from collections.abc import Iterator

from gitops.language.position import Path
from gitops.language.quoting import quote
from gitops.lint.finding import Finding, Severity
from gitops.lint.members import triggers
from gitops.lint.rule import rule
from gitops.lint.subject import Subject

_ITS_OWN = ("id", "description", "cron")


@rule(severity=Severity.WARNING, since="0.2", about=("cron",))
def duplicate_schedule(subject: Subject) -> Iterator[Finding]:
    """Every schedule that was there before."""
    first: dict[str, Path] = {}
    several = len(subject.outline.triggers) > 1
    for trigger in triggers(subject, "io.kestra.plugin.core.trigger.Schedule") if several else ():
        cron = trigger.data.get("cron")
        rest = {name: value for name, value in trigger.data.items() if name not in _ITS_OWN}
        same = f"{' '.join(cron.split())} {sorted(rest.items(), key=str)}" if isinstance(cron, str) else ""
        if same and same in first:
            yield subject.finding(
                (*trigger.path, "cron"),
                "another schedule of this flow is the same",
                found=quote(str(cron)),
                help="delete one of the two",
                related=subject.related((*first[same], "cron"), "first here"),
            )
        first.setdefault(same, trigger.path)
