"""An address is asked without encryption.

## What it does

Finds addresses with `http://`, `ftp://` or `ldap://` whose host is not this machine or a name without a dot.

## Why it matters

Whoever is between reads and changes what is sent, passwords included.

## Example

```yaml
id: hello
namespace: company.team
tasks:
  - id: call
    type: io.kestra.plugin.core.http.Request
    uri: http://api.example.com/status
```

## Use instead

```yaml
id: hello
namespace: company.team
tasks:
  - id: call
    type: io.kestra.plugin.core.http.Request
    uri: https://api.example.com/status
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gitops.language.expression.tree import Span
from gitops.language.quoting import quote
from gitops.lint.finding import Finding, Fix, Severity
from gitops.lint.rule import rule
from gitops.lint.sinks import ADDRESSES
from gitops.lint.subject import Subject

_PLAIN = re.compile(r"(?P<scheme>http|ftp|ldap)://(?:[^/@\s]*@)?(?P<host>\[[^\]]*\]|[^/:\s{]+)")
_BETTER = {"http": "https", "ftp": "sftp", "ldap": "ldaps"}
_OWN = re.compile(
    r"localhost|127\.\d+\.\d+\.\d+|\[::1\]|0\.0\.0\.0|10\.\S*|192\.168\.\S*|172\.(1[6-9]|2\d|3[01])\.\S*|[^.]+|.*\.(local|internal|svc|test|localhost)"
)


@rule(severity=Severity.WARNING, since="0.2", about=ADDRESSES)
def plaintext_http(subject: Subject) -> Iterator[Finding]:
    """Every address of another machine without encryption."""
    for path, text in subject.texts(*ADDRESSES):
        match = _PLAIN.match(text.strip())
        if match is None or _OWN.fullmatch(match["host"]):
            continue
        start = len(text) - len(text.lstrip())
        place = Span(start, start + len(match["scheme"]))
        better = _BETTER[match["scheme"]]
        yield subject.finding(
            path,
            f"{quote(match['host'])} is asked without encryption",
            within=place,
            expected=quote(f"{better}://"),
            found=quote(f"{match['scheme']}://"),
            help=f"write `{better}://`",
            fix=Fix(f"write {quote(better)}", (subject.edit(path, better, within=place),)),
        )
