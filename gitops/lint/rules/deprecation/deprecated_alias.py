"""A type is called by an old name.

## What it does

Finds types that are called by a name they had once.

## Why it matters

Old names still mean the same today; the V2 dialect does not know them any more.

## Example

```yaml
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.core.tasks.log.Log
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

deprecated_alias = declared(__name__, severity=Severity.INFO, since="0.1")
