"""A comment is nearly a suppression.

## What it does

Finds comments that begin with `# gitops:` and look like a suppression, but are none: with an unknown word, without
names of rules in brackets, or with something behind them that is neither `until=` with a day nor `reason=`.

## Why it matters

Such a comment suppresses nothing, while whoever reads it believes that it does.

## Example

```yaml
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello  # gitops: ignore large-file
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

malformed_suppression = declared(__name__, severity=Severity.WARNING, since="0.2", profile=Profile.RECOMMENDED)
