"""A value is of the wrong kind.

## What it does

Finds a value of the wrong kind: a list in place of a text, a text in place of a number.

## Why it matters

The property cannot be read. Where expressions are allowed, a text with an expression always passes.

## Example

```yaml
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
    disabled: maybe
```

## Use instead

```yaml
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
    disabled: true
```
"""

from __future__ import annotations

from gitops.lint.finding import Severity
from gitops.lint.rule import declared

wrong_kind = declared(__name__, severity=Severity.ERROR, since="0.1")
