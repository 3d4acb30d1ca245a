"""An expression is not in quotes.

## What it does

Finds an expression that is not in quotes.

## Why it matters

Braces begin a mapping in YAML, so the expression is read as a mapping in a mapping and never as text.

## Example

```yaml
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: {{ flow.id }}
```

## Use instead

```yaml
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: "{{ flow.id }}"
```
"""

from __future__ import annotations

from gitops.lint.finding import Severity
from gitops.lint.rule import declared

unquoted_expression = declared(__name__, severity=Severity.ERROR, since="0.1")
