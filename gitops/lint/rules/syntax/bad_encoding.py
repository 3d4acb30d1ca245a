"""The text has characters that hide what it says.

## What it does

Finds marks that turn the direction of writing, zero-width characters and other invisible signs.

## Why it matters

An editor and a review show another text than the one that runs.

## Example

```yaml
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: "Hello \u202eolleh\u202c"
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
from gitops.lint.subject import OTHER_LETTERS, Subject

_HIDING = re.compile("[\u202a-\u202e\u2066-\u2069\u200b\u200e\u200f\u2060\u00ad\ufeff]")
_DIRECTION = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")


@rule(severity=Severity.WARNING, since="0.2", profile=Profile.MINIMAL, about=(OTHER_LETTERS,))
def bad_encoding(subject: Subject) -> Iterator[Finding]:
    """The first such character of every line; the fix deletes all of the line's."""
    if not _HIDING.search(subject.document.source, 1):
        return
    for number, line in enumerate(lines_of(subject.document.source), start=1):
        match = _HIDING.search(line, int(number == 1))
        if match is not None:
            span = Span(number, match.start() + 1, number, match.end() + 1)
            kind = "turns the direction of the text" if match[0] in _DIRECTION else "cannot be seen"
            yield subject.finding_in_text(
                span,
                f"a character here {kind}",
                found=f"`U+{ord(match[0]):04X}`",
                help="delete it, or write it as an escape in double quotes",
                fix=Fix("delete what is hidden", tuple(_deletions(line, number))),
            )


def _deletions(line: str, number: int) -> Iterator[Edit]:
    for match in _HIDING.finditer(line, int(number == 1)):
        yield Edit(Span(number, match.start() + 1, number, match.end() + 1), "")
