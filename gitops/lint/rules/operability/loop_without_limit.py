"""A loop may go on for ever.

## What it does

Finds LoopUntil tasks without `maxIterations` and `maxDuration` in `checkFrequency`.

## Why it matters

The condition that never comes true keeps the execution, and what it asks, busy for ever.

## Example

```yaml
id: hello
namespace: company.team
tasks:
  - id: wait
    type: io.kestra.plugin.core.flow.LoopUntil
    condition: "{{ outputs.ask.code == 200 }}"
    tasks:
      - id: ask
        type: io.kestra.plugin.core.http.Request
        uri: https://example.com
```

## Use instead

```yaml
id: hello
namespace: company.team
tasks:
  - id: wait
    type: io.kestra.plugin.core.flow.LoopUntil
    condition: "{{ outputs.ask.code == 200 }}"
    checkFrequency:
      maxDuration: PT1H
    tasks:
      - id: ask
        type: io.kestra.plugin.core.http.Request
        uri: https://example.com
```
"""

from __future__ import annotations

from collections.abc import Iterator

from gitops.language.quoting import quote
from gitops.lint.finding import Finding, Severity
from gitops.lint.members import tasks
from gitops.lint.rule import rule
from gitops.lint.rule_entry import Profile
from gitops.lint.subject import Subject

_LOOP = "io.kestra.plugin.core.flow.LoopUntil"


@rule(severity=Severity.WARNING, since="0.2", profile=Profile.STRICT, about=(_LOOP,))
def loop_without_limit(subject: Subject) -> Iterator[Finding]:
    """Every such loop."""
    for task in tasks(subject, _LOOP):
        frequency = task.data.get("checkFrequency")
        limits = frequency if isinstance(frequency, dict) else {}
        if not (limits.get("maxIterations") or limits.get("maxDuration") or task.data.get("timeout")):
            yield subject.finding(
                (*task.path, "type"),
                f"the loop {quote(str(task.data.get('id')))} may go on for ever",
                expected="`maxIterations` or `maxDuration` in `checkFrequency`",
                help="add `checkFrequency` with `maxDuration: PT1H`, or another limit",
            )
