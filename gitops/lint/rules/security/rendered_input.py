"""A text from outside is rendered as a template.

## What it does

Finds `render()` of a value that somebody outside may choose.

## Why it matters

Whoever writes `{{ secret('TOKEN') }}` into the value reads the secret.

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
    message: "{{ render(inputs.name) }}"
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
    message: "{{ inputs.name }}"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from gitops.language.quoting import quote
from gitops.lint.expressions.references import FUNCTION, read
from gitops.lint.finding import Finding, Severity
from gitops.lint.rule import rule
from gitops.lint.subject import Subject
from gitops.lint.tainted import tainted

_RENDERING = frozenset(("render", "renderOnce"))


@rule(severity=Severity.WARNING, since="0.2", about=("{{ function render", "{{ function renderOnce"))
def rendered_input(subject: Subject) -> Iterator[Finding]:
    """Every value from outside that is rendered."""
    for use in subject.rendered:
        calls = [each for each in read(use.text).calls if each.kind == FUNCTION and each.name in _RENDERING]
        for reference, source in tainted(subject, use) if calls else ():
            if any(call.arguments.span.start <= reference.span.start < call.arguments.span.end for call in calls):
                yield subject.finding(
                    use.path,
                    f"{quote(use.text[reference.span.start : reference.span.end])} is rendered as a template",
                    key=use.key,
                    within=reference.span,
                    found=f"a text that {source.words} decides",
                    help="use the value without `render()`",
                    related=subject.related(source.path, "the value comes from here"),
                )
