"""A property is deprecated.

## What it does

Finds properties that still work and have been renamed or replaced.

## Why it matters

The V2 dialect does not have them.

## Example

```yaml
id: hello
namespace: company.team
inputs:
  - name: person
    type: STRING
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
```

## Use instead

```yaml
id: hello
namespace: company.team
inputs:
  - id: person
    type: STRING
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
```
"""

from __future__ import annotations

from gitops.lint.finding import Severity
from gitops.lint.rule import declared

deprecated_property = declared(__name__, severity=Severity.WARNING, since="0.1")
