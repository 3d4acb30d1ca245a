"""A value is read differently by different readers.

## What it does

Finds `yes`, `no`, `on` and `off` without quotes: true or false for YAML 1.1, which Kestra reads, and a text for YAML
1.2, which editors read.

## Why it matters

The editor shows a mistake where there is none, or none where there is one.

## Example

```yaml
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
    disabled: yes
```

## Use instead

```yaml
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
    disabled: true
```
"""

from __future__ import annotations

from collections.abc import Iterator

from gitops.language.quoting import quote
from gitops.lint.finding import Finding, Fix, Severity
from gitops.lint.rule import rule
from gitops.lint.subject import FLAGS, Subject

_WORDS = frozenset(("yes", "no", "on", "off", "y", "n"))


@rule(severity=Severity.WARNING, since="0.2", about=(FLAGS,))
def ambiguous_scalar(subject: Subject) -> Iterator[Finding]:
    """Every true and false that is written as another word."""
    for path, value in subject.flags:
        span = subject.document.span(path)
        written = subject.document.line(span.line)[span.column - 1 : span.end_column - 1]
        if written.lower() in _WORDS:
            better = "true" if value else "false"
            yield subject.finding(
                path,
                f"{quote(written)} is {better} for Kestra and a text for editors",
                expected=f"`{better}`, or the word in quotes",
                found=quote(written),
                help=f"write `{better}`",
                fix=Fix(f"write {quote(better)}", (subject.edit(path, better),), safe=True),
            )
