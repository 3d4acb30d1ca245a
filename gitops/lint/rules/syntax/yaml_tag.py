"""A value has a YAML tag.

## What it does

Finds YAML tags such as `!include` or `!!binary`.

## Why it matters

The flow language has no tags. Tags that name classes are a way to run code in careless readers.

## Example

```yaml
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: !upper Hello
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

yaml_tag = declared(__name__, severity=Severity.ERROR, since="0.1")
