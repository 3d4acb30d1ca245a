"""An input with a default is optional or prefilled.

## What it does

With the dialect `v2` only: finds an input with `defaults` that is not required or has a `prefill`.

## Why it matters

In V2, `defaults` means that there always is a value, and `prefill` is a value that people may clear: only one can hold.

## Example

```yaml
id: hello
namespace: company.team
inputs:
  - id: person
    type: STRING
    defaults: Ann
    required: false
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
  - id: person
    type: STRING
    prefill: Ann
    required: false
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
```
"""

from __future__ import annotations

from collections.abc import Iterator

from gitops.language.quoting import quote
from gitops.lint.finding import Finding, Severity
from gitops.lint.rule import rule
from gitops.lint.subject import Subject


@rule(severity=Severity.ERROR, since="0.1", about=("inputs",))
def default_of_optional_input(subject: Subject) -> Iterator[Finding]:
    """Every input that has a default and yet may be empty."""
    for item in subject.outline.inputs if subject.options.dialect == "v2" else ():
        data = subject.at(item.path)
        if not isinstance(data, dict) or data.get("defaults") is None:
            continue
        optional, prefilled = data.get("required") is False, data.get("prefill") is not None
        if optional or prefilled:
            yield subject.finding(
                (*item.path, "required" if optional else "prefill"),
                f"input {quote(item.id or '')} has `defaults` and {'is optional' if optional else '`prefill`'}",
                key=True,
                expected="either `defaults`, or `prefill` with `required: false`",
                found="both",
                help="delete this line, or write `prefill` in place of `defaults`",
            )
