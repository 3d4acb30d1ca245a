"""A value is outside its limits.

## What it does

Finds numbers, texts and lists outside their limits.

## Why it matters

The value has the right kind, but cannot be used.

## Example

```yaml
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
    retry:
      type: constant
      interval: PT1M
      maxAttempts: 0
```

## Use instead

```yaml
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
    retry:
      type: constant
      interval: PT1M
      maxAttempts: 3
```
"""

from __future__ import annotations

from gitops.lint.finding import Severity
from gitops.lint.rule import declared

out_of_range = declared(__name__, severity=Severity.ERROR, since="0.1")
