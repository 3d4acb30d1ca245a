"""A suppression suppresses nothing.

## What it does

Finds suppressions of findings that are not there, rule by rule: nothing is wrong on their line, or in the task above
which they stand. Only rules that run are looked at; of a rule that compares revisions it cannot be told.

## Why it matters

What was wrong has been mended, or the comment stands in the wrong place. Left alone, it hides the next mistake.

## Example

```yaml
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello  # gitops: ignore[unknown-property]
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

unused_suppression = declared(__name__, severity=Severity.WARNING, since="0.2", profile=Profile.RECOMMENDED)
