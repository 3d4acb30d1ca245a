"""Two tasks share an id.

## What it does

Finds two tasks of one flow that share an id, at any depth.

## Why it matters

Outputs are addressed by task id, so one of the two becomes unreachable.

## Example

```yaml
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
```

## Use instead

```yaml
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
  - id: greet_again
    type: io.kestra.plugin.core.log.Log
    message: Hello
```
"""

from __future__ import annotations

from collections.abc import Iterator

from gitops.language.quoting import quote
from gitops.lint.duplicates import repeated
from gitops.lint.finding import Finding, Severity
from gitops.lint.rule import rule
from gitops.lint.rule_entry import Profile
from gitops.lint.subject import Subject


@rule(severity=Severity.ERROR, since="0.1", profile=Profile.MINIMAL)
def duplicate_task_id(subject: Subject) -> Iterator[Finding]:
    """The second task and every later one with the same id."""
    for task, first in repeated(subject.outline.tasks):
        yield subject.finding(
            (*task.path, "id"),
            f"task id {quote(task.id or '')} is already used",
            help="give every task of the flow an id of its own",
            related=subject.related((*first.path, "id"), "first used here"),
        )
