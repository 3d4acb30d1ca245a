"""The V2 language does not have this.

## What it does

With the dialect `v2` only: finds types, old names and properties that Kestra 2 removed.

## Why it matters

The flow works today and would be refused after the upgrade.

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

removed_in_v2 = declared(__name__, severity=Severity.ERROR, since="0.1")
