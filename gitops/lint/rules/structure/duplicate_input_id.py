"""Two inputs share an id.

## What it does

Finds two inputs of one flow that share an id.

## Why it matters

Only one value can be given for both, and it would have to be of both types.

## Example

```yaml
id: hello
namespace: company.team
inputs:
  - id: name
    type: STRING
  - id: name
    type: INT
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
```

## Use instead

```yaml
id: hello
namespace: company.team
inputs:
  - id: name
    type: STRING
  - id: count
    type: INT
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
```
"""

from __future__ import annotations

from collections.abc import Iterator

from gitops.language.quoting import quote
from gitops.lint.duplicates import repeated
from gitops.lint.finding import Finding, Severity
from gitops.lint.rule import rule
from gitops.lint.rule_entry import Profile
from gitops.lint.subject import Subject


@rule(severity=Severity.ERROR, since="0.1", profile=Profile.MINIMAL, about=("inputs", "onResume"))
def duplicate_input_id(subject: Subject) -> Iterator[Finding]:
    """The second input and every later one with the same id."""
    for item, first in repeated(subject.outline.inputs):
        yield subject.finding(
            (*item.path, "id"),
            f"input id {quote(item.id or '')} is already used",
            help="give every input of the flow an id of its own",
            related=subject.related((*first.path, "id"), "first used here"),
        )
