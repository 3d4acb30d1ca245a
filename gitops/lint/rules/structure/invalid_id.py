"""An id or namespace is not valid.

## What it does

Finds ids and namespaces with characters that they may not have, or that are too long.

## Why it matters

Ids stand in addresses, file names and expressions.

## Example

```yaml
id: hello world
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
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

invalid_id = declared(__name__, severity=Severity.ERROR, since="0.1")
