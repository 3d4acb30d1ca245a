"""A filter, function or test is called with the wrong arguments.

## What it does

Finds calls with too many arguments, with one that is needed missing, or with a name that the argument does not have.

## Why it matters

The task fails when the text is rendered.

## Example

```yaml
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: "{{ flow.id | upper(1) }}"
```

## Use instead

```yaml
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: "{{ flow.id | upper }}"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from gitops.language.quoting import quote
from gitops.lint.expressions.references import FILTER, FUNCTION, TEST
from gitops.lint.expressions.vocabulary import FILTERS, FUNCTIONS, TESTS
from gitops.lint.finding import Finding, Severity
from gitops.lint.rule import rule
from gitops.lint.rule_entry import Profile
from gitops.lint.subject import Subject

_TABLES = {FILTER: FILTERS, FUNCTION: FUNCTIONS, TEST: TESTS}


@rule(severity=Severity.WARNING, since="0.2", profile=Profile.MINIMAL, about=("{{ function", "{{ filter", "{{ test"))
def wrong_arguments(subject: Subject) -> Iterator[Finding]:
    """Every call of something that is known with arguments that it does not take."""
    for use, called in subject.calls:
        word = _TABLES[called.kind].get(called.name)
        positional, named = called.arguments.positional, [name for name, _ in called.arguments.named]
        objection = word.objection(len(positional), named) if word else None
        if word is not None and objection is not None:
            yield subject.finding(
                use.path,
                f"the {called.kind} {quote(called.name)} {objection}",
                key=use.key,
                within=called.span,
                expected=f"{called.name}({', '.join(word.parameters)})" if word.parameters else f"{called.name} alone",
            )
