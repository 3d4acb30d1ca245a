"""An address has a password in it.

## What it does

Finds addresses such as `https://me:secret@example.com` with a literal password, anywhere in the flow. The password
is not shown.

## Why it matters

Addresses are logged, shown and kept in histories.

## Example

```yaml
id: hello
namespace: company.team
tasks:
  - id: call
    type: io.kestra.plugin.core.http.Request
    uri: https://me:s3cret-word@example.com/
```

## Use instead

```yaml
id: hello
namespace: company.team
tasks:
  - id: call
    type: io.kestra.plugin.core.http.Request
    uri: https://example.com/
    options:
      auth:
        type: BASIC
        username: me
        password: "{{ secret('PASSWORD') }}"
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gitops.language.expression.tree import Span
from gitops.lint.finding import Finding, Severity
from gitops.lint.rule import rule
from gitops.lint.subject import ADDRESSES, Subject

_CREDENTIALS = re.compile(r"\b[a-z][a-z0-9+.-]*://[^\s/:@{}$]+:(?P<password>[^\s/@{}$]+)@[\w.\[-]")


@rule(severity=Severity.WARNING, since="0.2", about=(ADDRESSES,))
def credentials_in_url(subject: Subject) -> Iterator[Finding]:
    """Every password in an address."""
    source = subject.document.source
    if "://" not in source or "@" not in source:
        return
    for path, text in subject.texts(*subject.text_names):
        for match in _CREDENTIALS.finditer(text):
            yield subject.finding(
                path,
                "this address has a password in it",
                within=Span(match.start(), match.start("password")),
                expected="an address without a password",
                help="change the password, since it has been seen, and give it as a property with `secret()`",
            )
