"""A file may be changed by everybody.

## What it does

Finds `chmod 777` and `chmod a+w` in scripts.

## Why it matters

Whoever has any right on the machine changes what the next run executes.

## Example

```yaml
id: hello
namespace: company.team
tasks:
  - id: run
    type: io.kestra.plugin.scripts.shell.Commands
    commands:
      - chmod 777 run.sh
```

## Use instead

```yaml
id: hello
namespace: company.team
tasks:
  - id: run
    type: io.kestra.plugin.scripts.shell.Commands
    commands:
      - chmod 755 run.sh
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

_OPEN = re.compile(r"\bchmod\s+(?:-\w+\s+)*(?P<mode>0?[0-7]{2}[2367]|[augo]*[ao][ugoa]*\+\w*w\w*)(?=\s)")


@rule(severity=Severity.INFO, since="0.2", profile=Profile.SECURITY, about=SCRIPTS)
def world_writable(subject: Subject) -> Iterator[Finding]:
    """Every file that is opened to everybody."""
    for path, text in subject.texts(*SCRIPTS):
        for match in _OPEN.finditer(text):
            yield subject.finding(
                path,
                "everybody may change this file",
                within=Span(match.start("mode"), match.end("mode")),
                expected="`755`, or `u+w`",
                found=quote(match["mode"]),
                help="give the right to who needs it",
            )
