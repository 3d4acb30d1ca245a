"""A type is not known.

## What it does

Finds a `type` that is not installed.

## Why it matters

A task of an unknown type cannot be run, a trigger of an unknown type never fires.

## Example

```yaml
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Logg
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
```
"""

from __future__ import annotations

from gitops.lint.finding import Severity
from gitops.lint.rule import declared

unknown_type = declared(__name__, severity=Severity.ERROR, since="0.1")
