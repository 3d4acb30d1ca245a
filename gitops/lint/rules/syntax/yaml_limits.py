"""A document is too large, too deep or endless.

## What it does

Finds files that are too large: more than 1 MiB, 50,000 values or 208 levels, or with aliases that
multiply the document or contain themselves.

## Why it matters

A small file can be written that fills all memory when its aliases are expanded. Flows come nowhere near these limits.

## Example

```yaml
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
variables: &all
  again: *all
```

## Use instead

```yaml
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
variables:
  greeting: Hello
```
"""

from __future__ import annotations

from gitops.lint.finding import Severity
from gitops.lint.rule import declared

yaml_limits = declared(__name__, severity=Severity.ERROR, since="0.1")
