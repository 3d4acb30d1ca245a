"""An expression stands in an expression.

## What it does

Finds braces of an expression in a text that is itself in an expression, such as `{{ read('{{ inputs.file }}') }}`.

## Why it matters

An expression is rendered once: the inner braces stay as they are. Join the parts with `~`, or use `render()`.

## Example

```yaml
id: hello
namespace: company.team
inputs:
  - id: file
    type: STRING
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: "{{ read('{{ inputs.file }}.txt') }}"
```

## Use instead

```yaml
id: hello
namespace: company.team
inputs:
  - id: file
    type: STRING
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: "{{ read(inputs.file ~ '.txt') }}"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from gitops.language.expression.tree import Call, Literal, Node, children
from gitops.lint.finding import Finding, Severity
from gitops.lint.rule import rule
from gitops.lint.subject import EXPRESSIONS, Subject

_RENDERING = frozenset(("render", "renderOnce"))


@rule(severity=Severity.WARNING, since="0.2", about=(EXPRESSIONS,))
def nested_expression(subject: Subject) -> Iterator[Finding]:
    """Every text in an expression that has an expression in it and is not rendered again."""
    for use in subject.rendered:
        for span in use.spans if use.text.count("{{") > len(use.spans) else ():
            for expression in span.expressions:
                for literal in _templates(expression):
                    yield subject.finding(
                        use.path,
                        "the expression in this text is not rendered",
                        key=use.key,
                        within=literal.span,
                        expected="one pair of braces around all of it",
                        help="join texts and values with `~`, or render the text with `render()`",
                    )


def _templates(node: Node) -> Iterator[Literal]:
    if isinstance(node, Call) and node.name in _RENDERING:
        return
    if isinstance(node, Literal) and isinstance(node.value, str) and "{{" in node.value and "}}" in node.value:
        yield node
    for child in children(node):
        yield from _templates(child)
