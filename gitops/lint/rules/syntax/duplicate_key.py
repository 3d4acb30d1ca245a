"""A key stands twice in one mapping.

## What it does

Finds a key that stands twice in one mapping.

## Why it matters

Most YAML readers keep one of the two values and say nothing; which one is an accident.

## Example

```yaml
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
    message: Goodbye
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

duplicate_key = declared(__name__, severity=Severity.ERROR, since="0.1")
