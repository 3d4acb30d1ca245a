"""A task in a working directory has a worker group.

## What it does

Finds a `workerGroup` of a task that stands in a WorkingDirectory.

## Why it matters

All tasks of a working directory run on one worker, because they share its folder.

## Example

```yaml
id: hello
namespace: company.team
tasks:
  - id: folder
    type: io.kestra.plugin.core.flow.WorkingDirectory
    tasks:
      - id: greet
        type: io.kestra.plugin.core.log.Log
        message: Hello
        workerGroup:
          key: gpu
```

## Use instead

```yaml
id: hello
namespace: company.team
tasks:
  - id: folder
    type: io.kestra.plugin.core.flow.WorkingDirectory
    workerGroup:
      key: gpu
    tasks:
      - id: greet
        type: io.kestra.plugin.core.log.Log
        message: Hello
```
"""

from __future__ import annotations

from collections.abc import Iterator

from gitops.language.outline import items
from gitops.lint.finding import Finding, Severity
from gitops.lint.members import tasks
from gitops.lint.rule import rule
from gitops.lint.rule_entry import Profile
from gitops.lint.subject import Subject


@rule(severity=Severity.ERROR, since="0.1", profile=Profile.MINIMAL, about=("workerGroup",))
def misplaced_worker_group(subject: Subject) -> Iterator[Finding]:
    """Every worker group of a task right in a WorkingDirectory."""
    for task in tasks(subject, "io.kestra.plugin.core.flow.WorkingDirectory"):
        for path, child in items(task.data, "tasks", task.path):
            if child.get("workerGroup") is not None:
                yield subject.finding(
                    (*path, "workerGroup"),
                    "a task in a WorkingDirectory cannot have a worker group of its own",
                    key=True,
                    expected="no `workerGroup`",
                    found="`workerGroup`",
                    help="set `workerGroup` on the WorkingDirectory itself",
                )
