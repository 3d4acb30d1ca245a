"""An expression is written as in another tool.

## What it does

Finds texts that are nothing but `${{ … }}`, `${inputs.day}` or `{ inputs.day }`: expressions of other tools, which
this language writes as `{{ … }}`.

## Why it matters

`${{ inputs.day }}` renders to the value with a dollar sign before it, and the others are not rendered at all.

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
    message: "${{ inputs.day }}"
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
    message: "{{ inputs.day }}"
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gitops.language.quoting import quote
from gitops.lint.finding import Finding, Severity
from gitops.lint.rule import rule
from gitops.lint.subject import Subject

_ROOTS = "inputs|outputs|vars|flow|execution|trigger|taskrun|secrets|env|github|steps|labels"
_FOREIGN = re.compile(
    rf"\s*(?:\$\{{\{{\s*(?P<dollar>[^{{}}]+?)\s*\}}\}}|\$\{{\s*(?P<shell>(?:{_ROOTS})\.[\w.\[\]'-]+)\s*\}}"
    rf"|\{{\s*(?P<single>(?:{_ROOTS})\.[\w.\[\]'-]+)\s*\}})\s*"
)
_OTHERS = frozenset(("script", "commands", "beforeCommands", "description"))
"""Properties in which the signs mean something else."""


@rule(severity=Severity.WARNING, since="0.2", about=("tasks",))
def foreign_expression(subject: Subject) -> Iterator[Finding]:
    """Every value that is one expression of another tool."""
    source = subject.document.source
    if "${" not in source and source.count('"{') + source.count("'{") == source.count('"{{') + source.count("'{{"):
        return
    for path, text in subject.texts(*(name for name in subject.text_names if name not in _OTHERS)):
        match = _FOREIGN.fullmatch(text) if text.lstrip()[:1] in ("$", "{") else None
        if match is not None:
            inner = match["dollar"] or match["shell"] or match["single"]
            yield subject.finding(
                path,
                "this is how another tool writes expressions",
                expected=quote(f"{{{{ {inner} }}}}"),
                found=quote(text.strip()),
                help="write two braces and no dollar sign",
            )
