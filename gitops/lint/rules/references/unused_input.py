"""An input is never read.

## What it does

Finds inputs that no expression of the flow reads.

## Why it matters

People are asked for a value that changes nothing.

## Example

```yaml
id: hello
namespace: company.team
inputs:
  - id: day
    type: DATE
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
  - id: day
    type: DATE
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: "Hello {{ inputs.day }}"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from gitops.language.quoting import quote
from gitops.lint.finding import Finding, Severity
from gitops.lint.rule import rule
from gitops.lint.subject import Subject
from gitops.lint.used import used_names


@rule(severity=Severity.WARNING, since="0.2", about=("inputs",))
def unused_input(subject: Subject) -> Iterator[Finding]:
    """Every input that is not read and that no other depends on, unless some expression reads whatever there is."""
    used = used_names(subject, "inputs")
    needed = frozenset(_needed(subject))
    for item in subject.outline.inputs if used is not None else ():
        if item.id and used is not None and item.id.partition(".")[0] not in used and item.id not in needed:
            yield subject.finding(
                (*item.path, "id"),
                f"the input {quote(item.id)} is never read",
                expected=f"`inputs.{item.id}` in an expression",
                help="delete it, or read it",
            )


def _needed(subject: Subject) -> Iterator[str]:
    """The inputs that others depend on."""
    for item in subject.outline.inputs:
        data = subject.at(item.path)
        depends = data.get("dependsOn") if isinstance(data, dict) else None
        inputs = depends.get("inputs") if isinstance(depends, dict) else None
        yield from (name for name in inputs if isinstance(name, str)) if isinstance(inputs, list) else ()
