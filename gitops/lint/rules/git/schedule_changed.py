"""The times of a schedule have changed.

## What it does

Finds a Schedule whose `cron` or `timezone` differs from that at the base revision.

## Why it matters

Others may rely on when the flow runs; the change should be seen by those who look at the commit.

## Example

```yaml
# was: cron: 0 8 * * *
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
triggers:
  - id: morning
    type: io.kestra.plugin.core.trigger.Schedule
    cron: 0 9 * * *
```

## Use instead

```yaml
# was: cron: 0 8 * * *
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
```
"""

from __future__ import annotations

from collections.abc import Iterator

from gitops.language.quoting import quote
from gitops.lint.finding import Finding, Severity
from gitops.lint.repository import Repository
from gitops.lint.revisions import changed_flows
from gitops.lint.rule import repository_rule
from gitops.lint.rule_entry import Profile


@repository_rule(severity=Severity.INFO, since="0.2", profile=Profile.STRICT, about=("changed",))
def schedule_changed(repository: Repository) -> Iterator[Finding]:
    """Every Schedule with another expression or another zone."""
    for file, former in changed_flows(repository):
        known = {each.id: each for each in former.facts.triggers}
        for now in file.facts.triggers:
            before = known.get(now.id, now)
            for name in ("cron", "timezone"):
                old, new = getattr(before, name), getattr(now, name)
                if old != new:
                    yield file.finding(
                        (*now.path, name),
                        f"the `{name}` of the schedule {quote(now.id)} has changed",
                        expected=f"{quote(old)}, as at the base revision" if old else "none, as at the base revision",
                        found=quote(new) if new else "none",
                    )
