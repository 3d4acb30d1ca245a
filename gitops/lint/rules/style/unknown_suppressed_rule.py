"""A suppression names a rule that there is not.

## What it does

Finds names in suppressions that are the name of no rule. `gitops rules` lists those that there are.

## Why it matters

A misspelled name suppresses nothing.

## Example

```yaml
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello  # gitops: ignore[lagre-file]
```

## Use instead

```yaml
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello  # gitops: ignore[large-file]
```
"""

from __future__ import annotations

from gitops.lint.finding import Severity
from gitops.lint.rule import declared
from gitops.lint.rule_entry import Profile

unknown_suppressed_rule = declared(__name__, severity=Severity.WARNING, since="0.2", profile=Profile.RECOMMENDED)
