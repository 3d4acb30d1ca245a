"""A type is not allowed here.

## What it does

With the option `forbidden` only: finds tasks and triggers whose type is one of those, where `*` stands for anything.

## Why it matters

An organisation may not want shells, or plain HTTP, in its flows.

## Example

```yaml
# setting: forbidden: [io.kestra.plugin.scripts.*]
id: hello
namespace: company.team
tasks:
  - id: run
    type: io.kestra.plugin.scripts.shell.Commands
    commands:
      - ls
```

## Use instead

```yaml
# setting: forbidden: [io.kestra.plugin.scripts.*]
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
```
"""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase

from gitops.language.quoting import quote
from gitops.lint.finding import Finding, Severity
from gitops.lint.rule import option, rule
from gitops.lint.subject import Subject

FORBIDDEN = option(__name__, "forbidden", (), "The types that flows may not use; `*` stands for anything.")


@rule(severity=Severity.ERROR, since="0.2", about=("type",), options=(FORBIDDEN,), needs=FORBIDDEN)
def forbidden_type(subject: Subject) -> Iterator[Finding]:
    """Every task and trigger of such a type."""
    forbidden: tuple[str, ...] = subject.setting(FORBIDDEN)
    tasks = [(task.path, task.type) for task in subject.outline.tasks]
    triggers = [(trigger.path, trigger.type) for trigger in subject.outline.triggers]
    for path, kind in (*tasks, *triggers) if forbidden else ():
        names = {kind, subject.kinds.today(kind)} if kind else set()
        pattern = next((each for each in forbidden if any(fnmatchcase(name, each) for name in names)), None)
        if pattern is not None:
            yield subject.finding(
                (*path, "type"),
                f"the type {quote(str(kind))} is not allowed",
                expected=f"a type that is not {quote(pattern)}",
                found=quote(str(kind)),
                help="use another type, or ask who wrote the rule",
            )
