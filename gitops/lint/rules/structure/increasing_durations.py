"""Two durations are in the wrong order.

## What it does

Finds a duration that must be less than another one of the same mapping and is not.

## Why it matters

The longer one would never have an effect.

## Example

```yaml
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
    retry:
      type: exponential
      interval: PT10M
      maxInterval: PT1M
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
      type: exponential
      interval: PT1M
      maxInterval: PT10M
```
"""

from __future__ import annotations

from gitops.lint.finding import Severity
from gitops.lint.rule import declared

increasing_durations = declared(__name__, severity=Severity.ERROR, since="0.1")
