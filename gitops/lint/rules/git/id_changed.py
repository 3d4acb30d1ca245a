"""The id of a flow has changed.

## What it does

Finds a file whose flow had another id at the base revision, when the old flow is in no other file now.

## Why it matters

The id is what a flow is known by. The change deletes the flow with its executions and creates another one,
whose triggers begin anew and which nobody calls yet.

## Example

```yaml
# was: id: hello
id: greeting
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
```

## Use instead

```yaml
# was: id: hello
id: hello
namespace: company.team
description: Greets everybody
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
```
"""

from __future__ import annotations

from collections.abc import Iterator

from gitops.language.quoting import quote
from gitops.lint.entries import renaming
from gitops.lint.finding import Finding, Severity
from gitops.lint.repository import FlowFile, Repository
from gitops.lint.rule import repository_rule


@repository_rule(severity=Severity.WARNING, since="0.2", about=("changed",))
def id_changed(repository: Repository) -> Iterator[Finding]:
    """The id of every file's flow that had another one at the base revision."""
    for file in repository.touched:
        before = None if file.base is None or file.file.context else file.base.key
        if before in repository.removed and repository.was(file.facts.key) is None:
            yield from _compared(file, before)


def _compared(file: FlowFile, before: tuple[str, str] | None) -> Iterator[Finding]:
    now = file.facts.key
    if now is None or before is None or now[0] != before[0]:
        return
    yield file.finding(
        ("id",),
        f"the id of flow {quote(before[1])} has changed; that makes another flow",
        expected=f"{quote(before[1])}, as at the base revision",
        found=quote(now[1]),
        help=f"keep {quote(before[1])}; for another flow add a new file, and delete this one when nobody needs it",
        fix=renaming(file.document, ("id",), before[1]),
    )
