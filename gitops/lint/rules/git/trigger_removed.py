"""A trigger is gone.

## What it does

Finds a flow that had a trigger at the base revision whose id it does not have any more.

## Why it matters

A trigger is known by its id: what it would have started is not started any more. Under a new id it begins anew,
without its last date and its backfills.

## Example

```yaml
# at the base revision the trigger had the id `morning`
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
triggers:
  - id: every_morning
    type: io.kestra.plugin.core.trigger.Schedule
    cron: 0 8 * * *
```

## Use instead

```yaml
# at the base revision the trigger had the id `morning`
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
from gitops.lint.facts.triggers import TriggerFact
from gitops.lint.finding import Finding, Severity
from gitops.lint.repository import FlowFile, Repository
from gitops.lint.revisions import changed_flows
from gitops.lint.rule import repository_rule
from gitops.lint.rule_entry import Profile


@repository_rule(severity=Severity.INFO, since="0.2", profile=Profile.STRICT, about=("changed",))
def trigger_removed(repository: Repository) -> Iterator[Finding]:
    """Every trigger of the base revision that its flow does not have any more."""
    for file, former in changed_flows(repository):
        there = {each.id for each in file.facts.triggers}
        known = {each.id for each in former.facts.triggers}
        new = [each for each in file.facts.triggers if each.id not in known]
        for gone in former.facts.triggers:
            if gone.id not in there:
                yield _finding(file, gone, next((each for each in new if each.type == gone.type), None))


def _finding(file: FlowFile, gone: TriggerFact, successor: TriggerFact | None) -> Finding:
    """A finding about the trigger that probably has a new id, or about all of them."""
    if successor is not None:
        return file.finding(
            (*successor.path, "id"),
            f"the trigger {quote(gone.id)} is gone, and {quote(successor.id)} begins anew",
            expected=f"{quote(gone.id)}, as at the base revision",
            found=quote(successor.id),
            help=f"keep the id {quote(gone.id)} if it is the same trigger",
        )
    return file.finding(
        ("triggers",) if file.facts.triggers else ("id",),
        f"the trigger {quote(gone.id)} is gone",
        key=bool(file.facts.triggers),
        help="make sure that nobody waits for what it started",
    )
