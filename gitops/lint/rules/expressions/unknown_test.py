"""A test is not known.

## What it does

Finds tests in expressions that the language does not have, and says which one was probably meant.

## Why it matters

The task fails when the text is rendered.

## Example

```yaml
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: "{{ flow.id is defind ? 1 : 2 }}"
```

## Use instead

```yaml
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: "{{ flow.id is defined ? 1 : 2 }}"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from gitops.lint.expressions.references import TEST
from gitops.lint.expressions.vocabulary import TESTS
from gitops.lint.finding import Finding, Severity
from gitops.lint.rule import rule
from gitops.lint.rule_entry import Profile
from gitops.lint.subject import Subject
from gitops.lint.unknown_words import unknown_word


@rule(severity=Severity.WARNING, since="0.2", profile=Profile.MINIMAL, about=("{{ test",))
def unknown_test(subject: Subject) -> Iterator[Finding]:
    """Every test that there is not."""
    for use, called in subject.calls:
        if called.kind == TEST and called.name not in TESTS:
            yield unknown_word(subject, use, called, TESTS)
