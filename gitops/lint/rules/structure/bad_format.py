"""A text has the wrong format.

## What it does

Finds text in the wrong format: durations, cron expressions, time zones, patterns.

## Why it matters

It would only be noticed when the task runs or the trigger should have fired.

## Example

```yaml
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
    timeout: 5 min
```

## Use instead

```yaml
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
    timeout: PT5M
```
"""

from __future__ import annotations

from gitops.lint.finding import Severity
from gitops.lint.rule import declared

bad_format = declared(__name__, severity=Severity.ERROR, since="0.1")
