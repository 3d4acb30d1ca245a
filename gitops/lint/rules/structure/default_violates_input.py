"""The default of an input is no value for it.

## What it does

Finds `defaults` and `prefill` that are not of the input's type, not among its choices, outside of its bounds, or that
do not match its `validator`. Defaults with expressions are left alone.

## Why it matters

Every execution that does not give the value is refused.

## Example

```yaml
id: hello
namespace: company.team
inputs:
  - id: rows
    type: INT
    defaults: many
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: "{{ inputs.rows }}"
```

## Use instead

```yaml
id: hello
namespace: company.team
inputs:
  - id: rows
    type: INT
    defaults: 100
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: "{{ inputs.rows }}"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from gitops.language.quoting import quote
from gitops.lint.facts.given import given
from gitops.lint.facts.interface import known_inputs
from gitops.lint.finding import Finding, Severity
from gitops.lint.input_values import expected
from gitops.lint.lookup import NOT_THERE
from gitops.lint.rule import rule
from gitops.lint.subject import Subject
from gitops.lint.words import value_words

_DEFAULTS = ("defaults", "prefill")


@rule(severity=Severity.WARNING, since="0.2", about=_DEFAULTS)
def default_violates_input(subject: Subject) -> Iterator[Finding]:
    """Every default that the input would refuse."""
    for declared in known_inputs(subject):
        for name in _DEFAULTS:
            path = (*declared.path, name)
            value = subject.at(path)
            values = given({declared.id: value}) if value is not NOT_THERE and value is not None else ()
            wanted = expected(values[0], declared) if values else None
            if wanted is not None:
                yield subject.finding(
                    path,
                    f"the default of {quote(declared.id)} is no value for it",
                    expected=wanted,
                    found=value_words(value),
                    help=f"write a value of type {quote(str(declared.type))}",
                )
