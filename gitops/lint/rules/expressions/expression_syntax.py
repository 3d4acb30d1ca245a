"""An expression is not written right.

## What it does

Finds outputs (`{{ … }}`) and tags (`{% … %}`) that cannot be read: a brace that is missing, an operator without an
operand, a tag that is not closed.

## Why it matters

The task fails when the text is rendered, and that may be in the night.

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
    message: "Hello {{ inputs.name | }}"
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
    message: "Hello {{ inputs.name | upper }}"
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gitops.errors import ExpressionError
from gitops.language.expression.tree import Span
from gitops.lint.expressions.uses import Use
from gitops.lint.finding import Finding, Severity
from gitops.lint.rule import rule
from gitops.lint.rule_entry import Profile
from gitops.lint.subject import BROKEN, Subject

_EXPECTED = re.compile(r"Expected (?P<expected>.*) but found (?P<found>`.*`)", re.DOTALL)
_WHERE = " in the expression `"


@rule(severity=Severity.WARNING, since="0.2", profile=Profile.MINIMAL, about=(BROKEN,))
def expression_syntax(subject: Subject) -> Iterator[Finding]:
    """The first mistake of every text that is rendered."""
    for use in subject.rendered:
        broken = next((span for span in use.spans if span.error is not None), None)
        if broken is not None and broken.error is not None:
            yield _finding(subject, use, broken.span, broken.error)


def _finding(subject: Subject, use: Use, span: Span, error: ExpressionError) -> Finding:
    reason = str(error).partition(_WHERE)[0]
    match = _EXPECTED.fullmatch(reason)
    return subject.finding(
        use.path,
        "this expression cannot be read"
        if match
        else f"this expression cannot be read: {reason[0].lower()}{reason[1:]}",
        key=use.key,
        within=_place(use.text, span, error),
        expected=match["expected"] if match else None,
        found=match["found"] if match else None,
        help="to write braces that are no expression, put them between `{% raw %}` and `{% endraw %}`",
    )


def _place(text: str, span: Span, error: ExpressionError) -> Span:
    """Where the mistake is: a word or sign, or the whole expression when only that can be told."""
    if error.line is None or error.column is None:
        return span
    lines = text.split("\n")
    start = sum(len(line) + 1 for line in lines[: error.line - 1]) + error.column - 1
    if not span.start < start < span.end:
        return span
    word = re.compile(r"\w+|\}\}|%\}|.", re.DOTALL).match(text, start)
    return Span(start, word.end() if word else start + 1)
