"""A task may not stand among runnable tasks.

## What it does

Finds a task that holds other tasks or steers the execution where only tasks that do work may stand.

## Why it matters

The tasks of a working directory run one after the other on one worker, where nothing can be steered.

## Example

```yaml
id: hello
namespace: company.team
tasks:
  - id: folder
    type: io.kestra.plugin.core.flow.WorkingDirectory
    tasks:
      - id: both
        type: io.kestra.plugin.core.flow.Sequential
        tasks:
          - id: greet
            type: io.kestra.plugin.core.log.Log
            message: Hello
```

## Use instead

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
```
"""

from __future__ import annotations

from gitops.lint.finding import Severity
from gitops.lint.rule import declared

not_runnable = declared(__name__, severity=Severity.ERROR, since="0.1")
