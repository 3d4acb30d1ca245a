"""Nobody hears when a flow fails that nobody watches.

## What it does

Finds flows with a trigger and without `errors`, `afterExecution` or `sla`.

## Why it matters

A flow that runs by itself fails by itself, until somebody misses its result.

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
errors:
  - id: tell
    type: io.kestra.plugin.core.log.Log
    message: It failed
triggers:
  - id: nightly
    type: io.kestra.plugin.core.trigger.Schedule
    cron: 0 2 * * *
```
"""

from __future__ import annotations

from collections.abc import Iterator

from gitops.lint.finding import Finding, Severity
from gitops.lint.rule import rule
from gitops.lint.rule_entry import Profile
from gitops.lint.subject import Subject

_HANDLERS = ("errors", "afterExecution", "sla", "listeners")


@rule(severity=Severity.INFO, since="0.2", profile=Profile.STRICT, about=("triggers",))
def missing_failure_handler(subject: Subject) -> Iterator[Finding]:
    """The triggers of a flow that tells nobody."""
    if subject.whole.get("triggers") and not any(subject.whole.get(name) for name in _HANDLERS):
        yield subject.finding(
            ("triggers",),
            "nobody hears when this flow fails",
            key=True,
            expected="`errors`, `afterExecution` or `sla`",
            help="add `errors` with a task that tells somebody",
        )
