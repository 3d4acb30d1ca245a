"""A secret is a part of a script.

## What it does

Finds `secret()` and inputs of type SECRET in `script` and `commands`.

## Why it matters

A command line is seen by every process of its machine and by whoever reads a log of commands; a value in `env` is not.

## Example

```yaml
id: hello
namespace: company.team
tasks:
  - id: run
    type: io.kestra.plugin.scripts.shell.Commands
    commands:
      - curl -u "me:{{ secret('TOKEN') }}" https://example.com
```

## Use instead

```yaml
id: hello
namespace: company.team
tasks:
  - id: run
    type: io.kestra.plugin.scripts.shell.Commands
    env:
      TOKEN: "{{ secret('TOKEN') }}"
    commands:
      - curl -u "me:$TOKEN" https://example.com
```
"""

from __future__ import annotations

from collections.abc import Iterator

from gitops.lint.expressions.references import FUNCTION, read, root_is
from gitops.lint.finding import Finding, Severity
from gitops.lint.rule import rule
from gitops.lint.rule_entry import Profile
from gitops.lint.sinks import script_uses
from gitops.lint.subject import EXPRESSIONS, Subject


@rule(severity=Severity.WARNING, since="0.2", profile=Profile.STRICT, about=(EXPRESSIONS,))
def secret_in_command_line(subject: Subject) -> Iterator[Finding]:
    """Every secret in a script."""
    secret = {item.id for item in subject.outline.inputs if item.id and item.type == "SECRET"}
    for use in script_uses(subject):
        reading = read(use.text)
        spans = [called.span for called in reading.calls if called.kind == FUNCTION and called.name == "secret"]
        spans += [
            each.span
            for each in reading.references
            if root_is(each, "inputs") and len(each.steps) > 1 and each.steps[1] in secret
        ]
        for span in spans:
            yield subject.finding(
                use.path,
                "a secret is a part of this script",
                within=span,
                expected='a value in `env`, read as `"$NAME"`',
                help="put the secret into `env` and read the variable in the script",
            )
