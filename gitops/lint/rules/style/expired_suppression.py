"""A suppression is over.

## What it does

Finds suppressions whose day, said by `until`, is past. From then on they suppress nothing.

## Why it matters

What was to be mended by that day is not.

## Example

```yaml
# gitops: file-ignore[large-file] until=2025-03-01
id: hello
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
from gitops.lint.rule_entry import Profile

expired_suppression = declared(__name__, severity=Severity.WARNING, since="0.2", profile=Profile.RECOMMENDED)
