"""A function is not known.

## What it does

Finds functions in expressions that the language does not have, and says which one was probably meant.

## Why it matters

The task fails when the text is rendered.

## Example

```yaml
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: "{{ nwo() }}"
```

## Use instead

```yaml
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: "{{ now() }}"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from gitops.lint.expressions.references import FUNCTION
from gitops.lint.expressions.vocabulary import FUNCTIONS
from gitops.lint.finding import Finding, Severity
from gitops.lint.rule import rule
from gitops.lint.rule_entry import Profile
from gitops.lint.subject import Subject
from gitops.lint.unknown_words import unknown_word


@rule(severity=Severity.WARNING, since="0.2", profile=Profile.MINIMAL, about=("{{ function",))
def unknown_function(subject: Subject) -> Iterator[Finding]:
    """Every function that there is not."""
    for use, called in subject.calls:
        if called.kind == FUNCTION and called.name not in FUNCTIONS:
            yield unknown_word(subject, use, called, FUNCTIONS)
