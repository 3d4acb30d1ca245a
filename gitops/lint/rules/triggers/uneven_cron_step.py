"""The steps of a schedule do not divide what they step through.

## What it does

Finds steps such as `*/7` days or `*/25` minutes: the last step before the hour, day or month ends is shorter.

## Why it matters

`*/25` fires at 0, 25 and 50 minutes, and then at 0 again, ten minutes later.

## Example

```yaml
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
triggers:
  - id: nightly
    type: io.kestra.plugin.core.trigger.Schedule
    cron: "*/25 * * * *"
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
  - id: nightly
    type: io.kestra.plugin.core.trigger.Schedule
    cron: "*/20 * * * *"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from gitops.language.quoting import quote
from gitops.lint.crons import crons
from gitops.lint.finding import Finding, Severity
from gitops.lint.rule import rule
from gitops.lint.rule_entry import Profile
from gitops.lint.subject import Subject

_SIZES = (("minutes", 60), ("hours", 24), ("days", None), ("months", 12))


@rule(severity=Severity.INFO, since="0.2", profile=Profile.STRICT, about=("cron",))
def uneven_cron_step(subject: Subject) -> Iterator[Finding]:
    """Every step that leaves a rest; days always leave one."""
    for path, cron in crons(subject):
        for field, (name, size) in zip(cron, _SIZES, strict=False):
            step = field.removeprefix("*/")
            uneven = field.startswith("*/") and step.isdigit() and int(step) > 1 and (size is None or size % int(step))
            if uneven:
                yield subject.finding(
                    path,
                    f"the last step of {step} {name} is shorter than the others",
                    expected="a step that divides the whole",
                    found=quote(field),
                    help=f"list the {name}, or take another step",
                )
