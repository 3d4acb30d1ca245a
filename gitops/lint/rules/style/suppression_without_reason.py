"""A suppression does not say why.

## What it does

Finds suppressions without a `reason`. With `require-reason` under `policy` in `.gitops.yaml` it runs in every
profile.

## Why it matters

Without the reason nobody can tell whether it still holds.

## Example

```yaml
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello  # gitops: ignore[large-file]
```

## Use instead

```yaml
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello  # gitops: ignore[large-file] reason="a text for a demonstration"
```
"""

from __future__ import annotations

from gitops.lint.finding import Severity
from gitops.lint.rule import declared
from gitops.lint.rule_entry import Profile

suppression_without_reason = declared(__name__, severity=Severity.INFO, since="0.2", profile=Profile.STRICT)
