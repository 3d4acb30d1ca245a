"""An expression has no blanks inside of its braces.

## What it does

Finds `{{x}}` where `{{ x }}` reads better.

## Why it matters

Braces, pipes and quotes run together; and one style is easier to search for.

## Example

```yaml
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: "{{flow.id}}"
```

## Use instead

```yaml
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: "{{ flow.id }}"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from gitops.language.expression.tree import Span
from gitops.lint.expressions.uses import Use
from gitops.lint.finding import Edit, Finding, Fix, Severity
from gitops.lint.rule import rule
from gitops.lint.rule_entry import Profile
from gitops.lint.subject import EXPRESSIONS, Subject


@rule(severity=Severity.INFO, since="0.2", profile=Profile.STRICT, about=(EXPRESSIONS,))
def expression_spacing(subject: Subject) -> Iterator[Finding]:
    """Every output without a blank on both sides."""
    for use in subject.rendered:
        for span in use.spans:
            text = use.text[span.span.start : span.span.end]
            if span.tag is None and span.error is None and text.startswith("{{") and "\n" not in text:
                yield from _finding(subject, use, span.span, text)


def _finding(subject: Subject, use: Use, span: Span, text: str) -> Iterator[Finding]:
    inner = text.removeprefix("{{").removesuffix("}}")
    edits = [Span(span.start + 2, span.start + 2)] if not inner.startswith((" ", "-")) else []
    edits += [Span(span.end - 2, span.end - 2)] if not inner.endswith((" ", "-")) else []
    if edits and inner.strip():
        made: tuple[Edit, ...] = tuple(subject.edit(use.path, " ", key=use.key, within=each) for each in edits)
        yield subject.finding(
            use.path,
            "the braces of this expression stand close",
            key=use.key,
            within=span,
            expected=f"`{{{{ {inner.strip()} }}}}`",
            help="put a blank inside of the braces",
            fix=Fix("add blanks", made, safe=True),
        )
