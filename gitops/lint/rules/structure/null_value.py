"""A key has no value.

## What it does

Finds keys without a value, where nothing means the same as no key.

## Why it matters

It looks as if something were set. Mostly the value was forgotten, or stands on the next line with a wrong indentation.

## Example

```yaml
id: hello
namespace: company.team
description:
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

from collections.abc import Iterator

from gitops.language.position import Path
from gitops.language.quoting import quote
from gitops.lint.entries import removal
from gitops.lint.finding import Finding, Severity
from gitops.lint.rule import rule
from gitops.lint.rule_entry import Profile
from gitops.lint.subject import Subject

_FREE = frozenset(
    ("variables", "labels", "values", "inputs", "env", "headers", "formData", "params", "metadata", "cases")
)
"""Mappings of the author's own keys, in which nothing may be a value."""


@rule(severity=Severity.INFO, since="0.2", profile=Profile.STRICT)
def null_value(subject: Subject) -> Iterator[Finding]:
    """Every property without a value."""
    for path in _nothing(subject.document.data, ()):
        yield subject.finding(
            path,
            f"{quote(str(path[-1]))} has no value",
            key=True,
            expected="a value, or no key",
            help="write the value, or delete the key",
            fix=removal(subject.document, path, safe=True),
        )


def _nothing(value: object, path: Path) -> Iterator[Path]:
    if isinstance(value, dict):
        for key, item in value.items():
            if item is None:
                yield (*path, key)
            elif key not in _FREE:
                yield from _nothing(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _nothing(item, (*path, index))
