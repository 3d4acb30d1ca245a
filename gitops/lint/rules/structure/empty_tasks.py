"""A list of tasks is empty.

## What it does

Finds a list of tasks that holds none.

## Why it matters

A flow or a flowable task without tasks does nothing, which is hardly meant.

## Example

```yaml
id: hello
namespace: company.team
tasks:
  - id: both
    type: io.kestra.plugin.core.flow.Sequential
    tasks: []
```

## Use instead

```yaml
id: hello
namespace: company.team
tasks:
  - id: both
    type: io.kestra.plugin.core.flow.Sequential
    tasks:
      - id: greet
        type: io.kestra.plugin.core.log.Log
        message: Hello
```
"""

from __future__ import annotations

from gitops.lint.finding import Severity
from gitops.lint.rule import declared

empty_tasks = declared(__name__, severity=Severity.ERROR, since="0.1")
