"""A package is installed in whatever version there is.

## What it does

Finds `pip install name` and `npm install name` in scripts without a version, a file of versions, or a lock.

## Why it matters

The same flow does something else when somebody publishes a new version.

## Example

```yaml
id: hello
namespace: company.team
tasks:
  - id: run
    type: io.kestra.plugin.scripts.shell.Commands
    commands:
      - pip install requests
```

## Use instead

```yaml
id: hello
namespace: company.team
tasks:
  - id: run
    type: io.kestra.plugin.scripts.shell.Commands
    commands:
      - pip install requests==2.32.3
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gitops.language.expression.tree import Span
from gitops.language.quoting import quote
from gitops.lint.finding import Finding, Severity
from gitops.lint.rule import rule
from gitops.lint.rule_entry import Profile
from gitops.lint.sinks import SCRIPTS
from gitops.lint.subject import Subject

_INSTALL = re.compile(r"\b(?:pip3?|uv pip|npm) install\b(?P<rest>[^\n;&|]*)")
_NAME = re.compile(r"(?<!\S)(?P<name>@?[A-Za-z][\w.-]*(?:/[\w.-]+)?(?:\[[\w,-]*\])?)(?!\S)")
_BY_FILE = re.compile(r"(?:^|\s)(?:-r|--requirement|-e|\.|-c)(?:\s|=|$)")


@rule(severity=Severity.INFO, since="0.2", profile=Profile.SECURITY, about=SCRIPTS)
def unpinned_package(subject: Subject) -> Iterator[Finding]:
    """Every package without a version."""
    for path, text in subject.texts(*SCRIPTS):
        for install in _INSTALL.finditer(text):
            rest, start = install["rest"], install.start("rest")
            for match in _NAME.finditer(rest) if not _BY_FILE.search(rest) else ():
                yield subject.finding(
                    path,
                    f"the package {quote(match['name'])} has no version",
                    within=Span(start + match.start(), start + match.end()),
                    expected=quote(f"{match['name']}==<version>"),
                    found=quote(match["name"]),
                    help="name the version, or install from a file of versions",
                )
