"""A flow does not say what it is for.

## What it does

Finds flows without a `description`.

## Why it matters

Whoever is called at night reads it first.

## Example

```yaml
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
description: Greets the world.
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
```
"""

from __future__ import annotations

from collections.abc import Iterator

from gitops.lint.finding import Finding, Severity
from gitops.lint.rule import rule
from gitops.lint.rule_entry import Profile
from gitops.lint.subject import Subject


@rule(severity=Severity.INFO, since="0.2", profile=Profile.STRICT)
def missing_description(subject: Subject) -> Iterator[Finding]:
    """The id of a flow without a description."""
    text = subject.whole.get("description")
    if subject.outline.id and not (isinstance(text, str) and text.strip()):
        yield subject.finding(
            ("id",), "this flow does not say what it is for", expected="`description`", help="add a sentence"
        )
