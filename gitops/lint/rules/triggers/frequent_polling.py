"""A trigger asks very often.

## What it does

Finds polling triggers whose `interval` is shorter than the option `seconds`.

## Why it matters

It asks around the clock, for every flow that does so.

## Example

```yaml
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
triggers:
  - id: poll
    type: io.kestra.plugin.core.http.Trigger
    uri: https://example.com
    interval: PT1S
```

## Use instead

```yaml
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
triggers:
  - id: poll
    type: io.kestra.plugin.core.http.Trigger
    uri: https://example.com
    interval: PT1M
```
"""

from __future__ import annotations

from collections.abc import Iterator

from gitops.language.quoting import quote
from gitops.lint.durations import seconds
from gitops.lint.finding import Finding, Severity
from gitops.lint.rule import option, rule
from gitops.lint.subject import Subject

SECONDS = option(__name__, "seconds", 10, "The shortest interval, in seconds.")


@rule(severity=Severity.WARNING, since="0.2", about=("interval",), options=(SECONDS,))
def frequent_polling(subject: Subject) -> Iterator[Finding]:
    """Every interval that is too short."""
    for trigger in subject.outline.triggers:
        path = (*trigger.path, "interval")
        interval = seconds(subject.at(path))
        if interval is not None and interval < subject.setting(SECONDS):
            yield subject.finding(
                path,
                f"this trigger asks every {interval:g} seconds",
                expected=f"`PT{subject.setting(SECONDS)}S` or longer",
                found=quote(str(subject.at(path))),
                help="ask less often, or let the other side call a webhook",
            )
