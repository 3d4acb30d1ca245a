"""A password is asked for as plain text.

## What it does

Finds inputs of type STRING whose id says that they hold a secret.

## Why it matters

A STRING is stored and shown as it is; a SECRET is encrypted and masked.

## Example

```yaml
id: hello
namespace: company.team
inputs:
  - id: db_password
    type: STRING
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
```

## Use instead

```yaml
id: hello
namespace: company.team
inputs:
  - id: db_password
    type: SECRET
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
```
"""

from __future__ import annotations

from collections.abc import Iterator

from gitops.language.quoting import quote
from gitops.lint.finding import Finding, Fix, Severity
from gitops.lint.masking import is_secret
from gitops.lint.rule import rule
from gitops.lint.rule_entry import Profile
from gitops.lint.subject import Subject

_HARMLESS = ("key", "keys")


@rule(severity=Severity.WARNING, since="0.2", profile=Profile.STRICT, about=("inputs",))
def plaintext_password_input(subject: Subject) -> Iterator[Finding]:
    """Every input that should be a SECRET."""
    for item in subject.outline.inputs:
        if item.type == "STRING" and item.id and is_secret(item.id) and item.id.lower() not in _HARMLESS:
            path = (*item.path, "type")
            yield subject.finding(
                path,
                f"the input {quote(item.id)} is kept as plain text",
                expected="`SECRET`",
                found="`STRING`",
                help="let it be a SECRET",
                fix=Fix("write `SECRET`", (subject.edit(path, "SECRET"),)),
            )
