"""A script is run right from the network.

## What it does

Finds `curl … | sh` and `wget … | bash` in scripts, and `bash <(curl …)`.

## Why it matters

Whoever changes what the address answers runs what they like; and half a download is run too.

## Example

```yaml
id: hello
namespace: company.team
tasks:
  - id: run
    type: io.kestra.plugin.scripts.shell.Commands
    commands:
      - "curl -s https://example.com/install.sh | sh"
```

## Use instead

```yaml
id: hello
namespace: company.team
tasks:
  - id: run
    type: io.kestra.plugin.scripts.shell.Commands
    commands:
      - "curl -s https://example.com/install.sh -o install.sh"
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gitops.language.expression.tree import Span
from gitops.lint.finding import Finding, Severity
from gitops.lint.rule import rule
from gitops.lint.sinks import SCRIPTS
from gitops.lint.subject import Subject

_PIPED = re.compile(
    r"\b(?:curl|wget)\b[^\n;&]*\|\s*(?:sudo\s+)?(?:ba|z|da|k)?sh\b|\b(?:ba|z)?sh\s+<\(\s*(?:curl|wget)\b|\b(?:curl|wget)\b[^\n;&]*\|\s*(?:sudo\s+)?python3?\b"
)


@rule(severity=Severity.WARNING, since="0.2", about=SCRIPTS)
def piped_download(subject: Subject) -> Iterator[Finding]:
    """Every download that is run."""
    for path, text in subject.texts(*SCRIPTS):
        for match in _PIPED.finditer(text):
            yield subject.finding(
                path,
                "what the network answers is run",
                within=Span(match.start(), match.end()),
                expected="a file of a known version, with its checksum looked at",
                help="download it, check `sha256sum`, then run it; or put it into the image",
            )
