"""A script is long for a flow.

## What it does

Finds scripts with more lines than the option `lines`.

## Why it matters

In a file of its own a script has highlighting, tests and a history; the flow reads it as a namespace file.

## Example

```yaml
# setting: lines: 3
id: hello
namespace: company.team
tasks:
  - id: run
    type: io.kestra.plugin.scripts.shell.Script
    script: |
      echo 1
      echo 2
      echo 3
      echo 4
```

## Use instead

```yaml
# setting: lines: 3
id: hello
namespace: company.team
tasks:
  - id: run
    type: io.kestra.plugin.scripts.shell.Script
    script: "{{ read('run.sh') }}"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from gitops.lint.finding import Finding, Severity
from gitops.lint.rule import option, rule
from gitops.lint.rule_entry import Profile
from gitops.lint.sinks import SCRIPTS
from gitops.lint.subject import Subject

LINES = option(__name__, "lines", 60, "How many lines a script may have.")


@rule(severity=Severity.INFO, since="0.2", profile=Profile.STRICT, about=SCRIPTS, options=(LINES,))
def long_inline_script(subject: Subject) -> Iterator[Finding]:
    """Every script that is longer."""
    for path, text in subject.texts(*SCRIPTS):
        lines = len(text.splitlines())
        if lines > subject.setting(LINES):
            yield subject.finding(
                path,
                f"this script has {lines} lines",
                key=isinstance(path[-1], str),
                expected=f"at most {subject.setting(LINES)}",
                help="put it into a namespace file and read it with `read()` or `namespaceFiles`",
            )
