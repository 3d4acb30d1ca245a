"""The text is not YAML.

## What it does

Finds text that is not YAML: wrong indentation, quotes and brackets that are not closed, tabs, stray characters.

## Why it matters

Nothing can be read from such a file, so no other mistake in it can be shown either.

## Example

```yaml
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: "Hello
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

yaml_syntax = declared(__name__, severity=Severity.ERROR, since="0.1")
