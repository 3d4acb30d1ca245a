"""A script runs what somebody outside may write.

## What it does

Finds values in `script` and `commands` that somebody outside may choose: inputs of free text, the body, headers and
parameters of a webhook, the answer of an HTTP request; also by way of `vars`. Inputs whose kind or `validator` lets
nothing harmful through (INT, BOOL, DATE, SELECT, …) are left alone.

## Why it matters

The value is put into the script before a shell reads it: `; rm -rf /` in it is a command, quotes or not. In an
environment variable it stays a value.

## Example

```yaml
id: hello
namespace: company.team
inputs:
  - id: name
    type: STRING
tasks:
  - id: run
    type: io.kestra.plugin.scripts.shell.Commands
    commands:
      - echo {{ inputs.name }}
```

## Use instead

```yaml
id: hello
namespace: company.team
inputs:
  - id: name
    type: STRING
tasks:
  - id: run
    type: io.kestra.plugin.scripts.shell.Commands
    env:
      NAME: "{{ inputs.name }}"
    commands:
      - echo "$NAME"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from gitops.language.quoting import quote
from gitops.lint.expressions.references import Reference
from gitops.lint.expressions.uses import Use
from gitops.lint.finding import Finding, Severity
from gitops.lint.rule import rule
from gitops.lint.sinks import SCRIPTS, script_uses
from gitops.lint.subject import Subject
from gitops.lint.tainted import tainted


@rule(severity=Severity.WARNING, since="0.2", about=SCRIPTS)
def shell_injection(subject: Subject) -> Iterator[Finding]:
    """Every value from outside in a script, its comments left out."""
    for use in script_uses(subject):
        for reference, source in tainted(subject, use):
            if not _in_comment(use, reference):
                shown = quote(use.text[reference.span.start : reference.span.end])
                yield subject.finding(
                    use.path,
                    f"{shown} is run as a part of the script",
                    within=reference.span,
                    expected='a value in `env`, read as `"$NAME"`',
                    found=f"{shown}, which {source.words} decides",
                    help="put the value into `env` and read the variable in the script",
                    related=subject.related(source.path, "the value comes from here"),
                )


def _in_comment(use: Use, reference: Reference) -> bool:
    line = use.text[use.text.rfind("\n", 0, reference.span.start) + 1 : reference.span.start]
    return line.lstrip().startswith("#")
