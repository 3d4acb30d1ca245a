"""A variable is never read.

## What it does

Finds entries of `variables` that no expression of the flow reads.

## Why it matters

Whoever changes it expects an effect. Nothing outside of the flow can read it.

## Example

```yaml
id: hello
namespace: company.team
variables:
  target: world
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
```

## Use instead

```yaml
id: hello
namespace: company.team
variables:
  target: world
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: "Hello {{ vars.target }}"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from gitops.language.quoting import quote
from gitops.lint.entries import removal
from gitops.lint.finding import Finding, Severity
from gitops.lint.rule import rule
from gitops.lint.subject import Subject
from gitops.lint.used import used_names

_CHANGING = ("io.kestra.plugin.core.execution.SetVariables", "io.kestra.plugin.core.execution.UnsetVariables")


@rule(severity=Severity.WARNING, since="0.2", about=("variables",))
def unused_variable(subject: Subject) -> Iterator[Finding]:
    """Every variable that is not read, unless some expression reads whatever there is, or a task changes them."""
    variables = subject.whole.get("variables")
    changed = any(task.type and subject.kinds.today(task.type) in _CHANGING for task in subject.outline.tasks)
    used = None if changed else used_names(subject, "vars")
    if not isinstance(variables, dict) or used is None:
        return
    for name in variables:
        if name not in used:
            path = ("variables", name)
            yield subject.finding(
                path,
                f"the variable {quote(name)} is never read",
                key=True,
                expected=f"`vars.{name}` in an expression",
                help="delete it, or read it",
                fix=removal(subject.document, path, safe=len(variables) > 1),
            )
