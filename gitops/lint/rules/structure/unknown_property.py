"""A property is not known.

## What it does

Finds a property that its task, trigger or input does not have.

## Why it matters

A property with a typing error does nothing: the flow runs without it, and nobody is told.

## Example

```yaml
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
    lvel: WARN
```

## Use instead

```yaml
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
    level: WARN
```
"""

from __future__ import annotations

from gitops.lint.finding import Severity
from gitops.lint.rule import declared

unknown_property = declared(__name__, severity=Severity.ERROR, since="0.1")
