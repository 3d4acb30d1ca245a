"""A certificate is not looked at.

## What it does

Finds `insecureTrustAllCertificates: true` and its like, and in scripts `curl -k`, `curl --insecure`,
`wget --no-check-certificate`, `verify=False` and `NODE_TLS_REJECT_UNAUTHORIZED=0`.

## Why it matters

Encryption without looking at the certificate protects from nobody who is between.

## Example

```yaml
id: hello
namespace: company.team
tasks:
  - id: run
    type: io.kestra.plugin.scripts.shell.Commands
    commands:
      - curl -k https://example.com
```

## Use instead

```yaml
id: hello
namespace: company.team
tasks:
  - id: run
    type: io.kestra.plugin.scripts.shell.Commands
    commands:
      - curl https://example.com
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gitops.language.expression.tree import Span
from gitops.language.position import Path
from gitops.language.quoting import quote
from gitops.lint.finding import Finding, Severity
from gitops.lint.rule import rule
from gitops.lint.sinks import SCRIPTS
from gitops.lint.subject import Subject

_SWITCHES = ("insecureTrustAllCertificates", "trustAllCertificates", "insecureSkipVerify", "trustAll")
_OFF = re.compile(
    r"curl\b[^\n|;&]*?\s(?P<curl>-[a-zA-Z]*k[a-zA-Z]*\b|--insecure)|wget\b[^\n|;&]*?(?P<wget>--no-check-certificate)"
    r"|(?P<python>verify\s*=\s*False)|(?P<node>NODE_TLS_REJECT_UNAUTHORIZED\s*=\s*['\"]?0)"
)


@rule(severity=Severity.WARNING, since="0.2", about=(*_SWITCHES, *SCRIPTS))
def disabled_tls_verification(subject: Subject) -> Iterator[Finding]:
    """Every switch and every command that does not look at certificates."""
    for path in _switched_off(subject.whole, ()) if not subject.words.isdisjoint(_SWITCHES) else ():
        yield subject.finding(
            path, "certificates are not looked at", key=True, help="take it out, and trust the certificate's authority"
        )
    for path, text in subject.texts(*SCRIPTS):
        for match in _OFF.finditer(text):
            name = match.lastgroup or ""
            yield subject.finding(
                path,
                "certificates are not looked at",
                within=Span(match.start(name), match.end(name)),
                found=quote(match[name]),
                help="take it out, and trust the certificate's authority",
            )


def _switched_off(value: object, path: Path) -> Iterator[Path]:
    if isinstance(value, dict):
        for key, item in value.items():
            if key in _SWITCHES and item is True:
                yield (*path, key)
            yield from _switched_off(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _switched_off(item, (*path, index))
