"""An expression holds nothing but a text.

## What it does

Finds values such as `{{ 'hello' }}` and `{{ 5 }}`: one expression that is one constant.

## Why it matters

The constant alone says the same, and is checked against the type of its property.

## Example

```yaml
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: "{{ 'Hello' }}"
```

## Use instead

```yaml
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: "Hello"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from gitops.language.expression.tree import Literal
from gitops.lint.finding import Finding, Severity
from gitops.lint.rule import rule
from gitops.lint.rule_entry import Profile
from gitops.lint.subject import EXPRESSIONS, Subject


@rule(severity=Severity.INFO, since="0.2", profile=Profile.STRICT, about=(EXPRESSIONS,))
def needless_expression(subject: Subject) -> Iterator[Finding]:
    """Every value that is one constant in an expression; true and false are left to who decides by them."""
    for use in subject.rendered:
        text = use.text.strip()
        whole = len(use.spans) == 1 and text.startswith("{{") and text.endswith("}}")
        inner = use.spans[0].expressions if whole else ()
        if len(inner) == 1 and isinstance(inner[0], Literal) and not isinstance(inner[0].value, bool):
            yield subject.finding(
                use.path,
                "this expression is a constant",
                key=use.key,
                found=f"`{text}`",
                help="write the value without an expression",
            )
