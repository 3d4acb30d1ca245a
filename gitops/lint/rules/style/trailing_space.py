"""A line ends with blanks.

## What it does

Finds blanks and tabs at the ends of lines, those in block texts left out.

## Why it matters

They show up in every diff, and nowhere else.

## Example

```yaml
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
```

## Use instead

```yaml
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gitops.language.position import Span, lines_of
from gitops.lint.finding import Edit, Finding, Fix, Severity
from gitops.lint.rule import rule
from gitops.lint.rule_entry import Profile
from gitops.lint.subject import Subject

_BLANKS = re.compile(r"[ \t]+$", re.MULTILINE)
_OPENS = re.compile(r"(?:^|[:\-]\s)[|>][-+\d]*\s*(?:#.*)?$")


@rule(severity=Severity.INFO, since="0.2", profile=Profile.STRICT)
def trailing_space(subject: Subject) -> Iterator[Finding]:
    """Every such line outside of block texts."""
    if not _BLANKS.search(subject.document.source):
        return
    block: int | None = None
    for number, line in enumerate(lines_of(subject.document.source), start=1):
        level = len(line) - len(line.lstrip())
        if block is not None and (not line.strip() or level > block):
            continue
        stripped = line.rstrip(" \t")
        block = level if _OPENS.search(stripped) else None
        if stripped != line:
            span = Span(number, len(stripped) + 1, number, len(line) + 1)
            yield subject.finding_in_text(
                span,
                "this line ends with blanks",
                help="delete them",
                fix=Fix("delete the blanks", (Edit(span, ""),), safe=True),
            )
