"""A task may run for ever.

## What it does

Finds script and HTTP tasks without `timeout`, neither of their own nor in plugin defaults.

## Why it matters

A server that does not answer holds the execution, and a place among the workers, until somebody looks.

## Example

```yaml
id: hello
namespace: company.team
tasks:
  - id: call
    type: io.kestra.plugin.core.http.Request
    uri: https://example.com
```

## Use instead

```yaml
id: hello
namespace: company.team
tasks:
  - id: call
    type: io.kestra.plugin.core.http.Request
    uri: https://example.com
    timeout: PT1M
```
"""

from __future__ import annotations

from collections.abc import Iterator

from gitops.language.quoting import quote
from gitops.lint.finding import Finding, Severity
from gitops.lint.rule import rule
from gitops.lint.rule_entry import Profile
from gitops.lint.subject import Subject

_WAITING = ("io.kestra.plugin.scripts.", "io.kestra.plugin.core.http.")


@rule(severity=Severity.INFO, since="0.2", profile=Profile.STRICT, about=("uri", "script", "commands"))
def missing_timeout(subject: Subject) -> Iterator[Finding]:
    """Every such task without a limit."""
    for task in subject.outline.tasks:
        data = subject.at(task.path)
        kind = subject.kinds.today(task.type) if task.type else ""
        if kind.startswith(_WAITING) and isinstance(data, dict) and not data.get("timeout"):
            yield subject.finding(
                (*task.path, "type"),
                f"the task {quote(str(task.id))} may run for ever",
                expected="`timeout`",
                help="add a `timeout`, for instance `PT10M`, here or in `pluginDefaults`",
            )
