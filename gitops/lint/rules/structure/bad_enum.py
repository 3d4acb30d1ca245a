"""A value is not one of those allowed.

## What it does

Finds a value that is not one of those allowed.

## Why it matters

The choices are fixed; another word means nothing.

## Example

```yaml
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
    level: WARNING
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

bad_enum = declared(__name__, severity=Severity.ERROR, since="0.1")
