"""A trigger leaves a required input without a value.

## What it does

With the dialect `v2` only: finds a Schedule or Webhook trigger that does not give every required input
without `defaults`.

## Why it matters

Nobody is there to be asked, so the execution could not be created.

## Example

```yaml
id: hello
namespace: company.team
inputs:
  - id: person
    type: STRING
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
triggers:
  - id: morning
    type: io.kestra.plugin.core.trigger.Schedule
    cron: 0 8 * * *
```

## Use instead

```yaml
id: hello
namespace: company.team
inputs:
  - id: person
    type: STRING
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
triggers:
  - id: morning
    type: io.kestra.plugin.core.trigger.Schedule
    cron: 0 8 * * *
    inputs:
      person: Ann
```
"""

from __future__ import annotations

from collections.abc import Iterator

from gitops.language.quoting import quote
from gitops.lint import words
from gitops.lint.finding import Finding, Severity
from gitops.lint.members import triggers
from gitops.lint.rule import rule
from gitops.lint.subject import Subject

_ALONE = (
    "io.kestra.plugin.core.trigger.Schedule",
    "io.kestra.plugin.core.trigger.ScheduleOnDates",
    "io.kestra.plugin.core.trigger.Webhook",
)


@rule(severity=Severity.ERROR, since="0.1", about=("triggers",))
def missing_trigger_input(subject: Subject) -> Iterator[Finding]:
    """Every such trigger, with all the inputs that it leaves without a value."""
    needed = list(_needed(subject)) if subject.options.dialect == "v2" else []
    for trigger in triggers(subject, *_ALONE) if needed else ():
        given = trigger.data.get("inputs")
        names = [name for name in needed if not isinstance(given, dict) or name not in given]
        if names and not isinstance(given, str):
            yield subject.finding(
                (*trigger.path, "inputs" if given else "type"),
                f"the trigger {quote(str(trigger.data.get('id')))} gives no value for {words.listing(names)}",
                key=True,
                expected=f"`inputs` with {words.listing(needed)}",
                found=words.listing(given) if isinstance(given, dict) and given else "none",
                help="add the values to the trigger's `inputs`, or give the inputs `defaults`",
            )


def _needed(subject: Subject) -> Iterator[str]:
    """The inputs that every execution needs a value for."""
    for item in subject.outline.inputs:
        data = subject.at(item.path)
        optional = not isinstance(data, dict) or data.get("required") is False or data.get("defaults") is not None
        if item.id is not None and not optional:
            yield item.id
