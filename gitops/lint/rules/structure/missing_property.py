"""A required property is missing.

## What it does

Finds a flow, task, trigger or input that lacks a required property.

## Why it matters

It cannot be run without it. All missing properties of one thing are named at once.

## Example

```yaml
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
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

missing_property = declared(__name__, severity=Severity.ERROR, since="0.1")
