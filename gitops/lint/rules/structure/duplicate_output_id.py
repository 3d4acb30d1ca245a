"""Two outputs share an id.

## What it does

Finds two outputs of one flow that share an id.

## Why it matters

Only one of the two values can be handed out under it.

## Example

```yaml
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
outputs:
  - id: total
    type: INT
    value: 1
  - id: total
    type: INT
    value: 2
```

## Use instead

```yaml
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
outputs:
  - id: total
    type: INT
    value: 1
  - id: rest
    type: INT
    value: 2
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


@rule(severity=Severity.ERROR, since="0.1", profile=Profile.MINIMAL, about=("outputs",))
def duplicate_output_id(subject: Subject) -> Iterator[Finding]:
    """The second output and every later one with the same id."""
    for output, first in repeated(subject.outline.outputs):
        yield subject.finding(
            (*output.path, "id"),
            f"output id {quote(output.id or '')} is already used",
            help="give every output of the flow an id of its own",
            related=subject.related((*first.path, "id"), "first used here"),
        )
