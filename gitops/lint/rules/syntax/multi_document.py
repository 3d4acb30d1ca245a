"""A file holds more than one YAML document.

## What it does

Finds a second YAML document in a file.

## Why it matters

A file holds one flow; everything after the first document would be lost without a word.

## Example

```yaml
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
---
id: goodbye
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

multi_document = declared(__name__, severity=Severity.ERROR, since="0.1")
