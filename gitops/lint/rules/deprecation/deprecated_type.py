"""A type is deprecated.

## What it does

Finds types that still work and have been replaced by better ones.

## Why it matters

They get no new features, and the V2 dialect does not have them.

## Example

```yaml
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.debug.Echo
    format: Hello
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

deprecated_type = declared(__name__, severity=Severity.WARNING, since="0.1")
