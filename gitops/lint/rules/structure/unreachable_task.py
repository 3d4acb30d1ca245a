"""A task can never run.

## What it does

Finds tasks that stand behind a Fail, an Exit or a Kill without a condition, in the same list.

## Why it matters

They look as if they did something. Mostly the task before lacks its `runIf` or `condition`.

## Example

```yaml
id: hello
namespace: company.team
tasks:
  - id: stop
    type: io.kestra.plugin.core.execution.Fail
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
```

## Use instead

```yaml
id: hello
namespace: company.team
tasks:
  - id: stop
    type: io.kestra.plugin.core.execution.Fail
    condition: "{{ flow.id == 'a' }}"
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
```
"""

from __future__ import annotations

from collections.abc import Iterator

from gitops.language.outline import items
from gitops.language.position import Path
from gitops.language.quoting import quote
from gitops.lint.finding import Finding, Severity
from gitops.lint.rule import rule
from gitops.lint.subject import Subject

_ENDS = ("io.kestra.plugin.core.execution.Fail", "io.kestra.plugin.core.execution.Exit")
_CONDITIONS = ("condition", "runIf", "when", "disabled", "allowFailure")
_ONE_AFTER_THE_OTHER = ("tasks", "then", "else", "errors", "finally")


@rule(severity=Severity.WARNING, since="0.2", about=_ENDS)
def unreachable_task(subject: Subject) -> Iterator[Finding]:
    """The first task of a list behind one that always ends the execution."""
    ends = [task for task in subject.outline.tasks if task.type and subject.kinds.today(task.type) in _ENDS]
    for end in ends:
        data = subject.at(end.path)
        holder, name, index = subject.at(end.path[:-2]), end.path[-2], end.path[-1]
        if (
            not isinstance(data, dict)
            or any(data.get(each) for each in _CONDITIONS)
            or name not in _ONE_AFTER_THE_OTHER
        ):
            continue
        following = _following(holder, str(name), end.path[:-2], index) if _in_order(subject, end.path) else None
        if following is not None:
            yield subject.finding(
                (*following, "id"),
                "this task can never run",
                found=f"it stands behind {quote(str(end.id))}, which ends the execution",
                help="give the task before it a condition, or delete what cannot run",
                related=subject.related((*end.path, "id"), "the execution ends here"),
            )


def _following(holder: object, name: str, path: Path, index: object) -> Path | None:
    if not isinstance(holder, dict) or not isinstance(index, int):
        return None
    return next((place for place, _ in items(holder, name, path) if place[-1] == index + 1), None)


def _in_order(subject: Subject, path: Path) -> bool:
    """Whether the list is worked off in its order: everywhere but in a Parallel."""
    holder = subject.at(path[:-2])
    kind = holder.get("type") if isinstance(holder, dict) else None
    return not isinstance(kind, str) or "Parallel" not in subject.kinds.today(kind)
