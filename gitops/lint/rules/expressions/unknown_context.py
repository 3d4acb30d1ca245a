"""A variable is not known.

## What it does

Finds expressions that read a variable which is none of those that a flow has (`inputs`, `outputs`, `vars`, `flow`,
`execution`, `trigger`, …) and that no tag of the text gives a value to. What is guarded by `??`, `default` or
`is defined` is left alone.

## Why it matters

A variable that is not there makes the task fail when the text is rendered.

## Example

```yaml
id: hello
namespace: company.team
inputs:
  - id: name
    type: STRING
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: "Hello {{ input.name }}"
```

## Use instead

```yaml
id: hello
namespace: company.team
inputs:
  - id: name
    type: STRING
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: "Hello {{ inputs.name }}"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from gitops.language.quoting import quote
from gitops.lint import words
from gitops.lint.expressions.roots import MIXED_UP, ROOTS
from gitops.lint.finding import Finding, Fix, Severity
from gitops.lint.rule import rule
from gitops.lint.subject import EXPRESSIONS, Subject


@rule(severity=Severity.WARNING, since="0.2", about=(EXPRESSIONS,))
def unknown_context(subject: Subject) -> Iterator[Finding]:
    """Every first name that leads nowhere."""
    for use, reference in subject.reads:
        root = str(reference.steps[0])
        if reference.local or reference.guarded or root in ROOTS or not _OF_ITEMS.isdisjoint(use.path):
            continue
        meant = MIXED_UP.get(root) or words.closest(root, tuple(sorted(ROOTS)), _LIKENESS)
        place = reference.step_spans[0]
        edit = meant and Fix(f"write {quote(meant)}", (subject.edit(use.path, meant, key=use.key, within=place),))
        yield subject.finding(
            use.path,
            f"unknown variable {quote(root)}",
            key=use.key,
            within=place,
            expected="`inputs`, `outputs`, `vars`, `flow`, `execution`, `trigger` or another variable of flows",
            found=quote(root),
            help=words.did_you_mean(meant)
            or f"a variable of the flow is read as `vars.{root}`, an input as `inputs.{root}`",
            fix=edit or None,
        )


_LIKENESS = 0.75
_OF_ITEMS = frozenset(("expr", "filterCondition"))
"""Properties that are rendered for every item of a file, with the names that the item has."""
