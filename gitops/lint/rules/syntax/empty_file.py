"""A file holds no flow.

## What it does

Finds a flow's file that is empty, or that holds a list or a single value.

## Why it matters

A file that lost its content would otherwise look like a flow that was deleted.

## Example

```yaml
# the flow is yet to be written
```

## Use instead

```yaml
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
```
"""

from __future__ import annotations

from gitops.lint.finding import Severity
from gitops.lint.rule import declared

empty_file = declared(__name__, severity=Severity.ERROR, since="0.1")
