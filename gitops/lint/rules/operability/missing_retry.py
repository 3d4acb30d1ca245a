"""A task that asks the network is tried once.

## What it does

Finds HTTP tasks without `retry`, neither of their own nor of the flow.

## Why it matters

Networks fail for seconds. A retry turns that into a line of the log.

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
    retry:
      type: constant
      interval: PT10S
      maxAttempts: 3
```
"""

from __future__ import annotations

from collections.abc import Iterator

from gitops.language.quoting import quote
from gitops.lint.finding import Finding, Severity
from gitops.lint.rule import rule
from gitops.lint.rule_entry import Profile
from gitops.lint.subject import Subject


@rule(severity=Severity.INFO, since="0.2", profile=Profile.STRICT, about=("uri",))
def missing_retry(subject: Subject) -> Iterator[Finding]:
    """Every request that is made once."""
    if subject.whole.get("retry"):
        return
    for task in subject.outline.tasks:
        data = subject.at(task.path)
        kind = subject.kinds.today(task.type) if task.type else ""
        if kind.startswith("io.kestra.plugin.core.http.") and isinstance(data, dict) and not data.get("retry"):
            yield subject.finding(
                (*task.path, "type"),
                f"the task {quote(str(task.id))} is tried once",
                expected="`retry`",
                help="add a `retry` to the task or to the flow",
            )
