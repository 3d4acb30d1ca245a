"""A secret is written where people read.

## What it does

Finds `secret()` and inputs of type SECRET in the message of a Log, in what Return gives back, in labels, and in the
outputs of the flow.

## Why it matters

Logs and outputs are kept and shown; masking is a second line of defence and does not know every form of a secret.

## Example

```yaml
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: "The token is {{ secret('TOKEN') }}"
```

## Use instead

```yaml
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: "The token is there"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from gitops.language.position import Path
from gitops.lint.expressions.references import FUNCTION, read, root_is
from gitops.lint.expressions.uses import Use
from gitops.lint.finding import Finding, Severity
from gitops.lint.members import tasks
from gitops.lint.rule import rule
from gitops.lint.subject import Subject

_TELLING = ("io.kestra.plugin.core.log.Log", "io.kestra.plugin.core.debug.Return", "io.kestra.plugin.core.debug.Echo")
_SECRET = "secret("  # noqa: S105 - the call of a function
_SHOWN = ("labels", "outputs")


@rule(severity=Severity.WARNING, since="0.2", about=("{{ function secret", "SECRET"))
def secret_in_log(subject: Subject) -> Iterator[Finding]:
    """Every secret that is shown."""
    secret = {item.id for item in subject.outline.inputs if item.id and item.type == "SECRET"}
    if not secret and _SECRET not in subject.document.source:
        return
    telling = [task.path for task in tasks(subject, *_TELLING)]
    for use in subject.rendered:
        if use.path[0] in _SHOWN or any(_is_shown(use.path, path) for path in telling):
            yield from _secrets(subject, use, secret)


def _is_shown(path: Path, task: Path) -> bool:
    return path[: len(task)] == task and path[len(task)] in ("message", "format")


def _secrets(subject: Subject, use: Use, secret: set[str]) -> Iterator[Finding]:
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
            "a secret is shown here",
            key=use.key,
            within=span,
            help="leave the secret out; give it only to the property that needs it",
        )
