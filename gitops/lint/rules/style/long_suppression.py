"""A suppression holds for very long.

## What it does

Finds suppressions without a last day, and those whose last day is farther away than the option `days` allows. With
`max-ignore-days` under `policy` in `.gitops.yaml` it runs in every profile.

## Why it matters

What is let be without an end is never mended.

## Example

```yaml
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello  # gitops: ignore[large-file] until=2199-01-01
```

## Use instead

```yaml
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello  # gitops: ignore[large-file] until=2027-01-15
```
"""

from __future__ import annotations

from gitops.lint.finding import Severity
from gitops.lint.rule import declared, option
from gitops.lint.rule_entry import Profile

DAYS = option(__name__, "days", 90, "How many days from now the last day of a suppression may be.")

long_suppression = declared(__name__, severity=Severity.INFO, since="0.2", profile=Profile.STRICT, options=(DAYS,))
