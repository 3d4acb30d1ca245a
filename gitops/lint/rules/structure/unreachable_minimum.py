"""A trigger waits for more than it depends on.

## What it does

Finds a Flow trigger whose `minSatisfied` is more than the number of its `dependsOn`.

## Why it matters

It could never fire.

## Example

```yaml
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
triggers:
  - id: after
    type: io.kestra.plugin.core.trigger.Flow
    mode: AT_LEAST
    minSatisfied: 3
    dependsOn:
      - flowId: goodbye
      - flowId: good_night
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
  - id: after
    type: io.kestra.plugin.core.trigger.Flow
    mode: AT_LEAST
    minSatisfied: 2
    dependsOn:
      - flowId: goodbye
      - flowId: good_night
```
"""

from __future__ import annotations

from collections.abc import Iterator

from gitops.language.quoting import quote
from gitops.lint.finding import Finding, Severity
from gitops.lint.members import triggers
from gitops.lint.rule import rule
from gitops.lint.rule_entry import Profile
from gitops.lint.subject import Subject


@rule(severity=Severity.ERROR, since="0.1", profile=Profile.MINIMAL, about=("minSatisfied",))
def unreachable_minimum(subject: Subject) -> Iterator[Finding]:
    """Every Flow trigger that asks for more dependencies than it has."""
    for trigger in triggers(subject, "io.kestra.plugin.core.trigger.Flow"):
        least, depends = trigger.data.get("minSatisfied"), trigger.data.get("dependsOn")
        there = len(depends) if isinstance(depends, list) else 0
        if trigger.data.get("mode") == "AT_LEAST" and isinstance(least, int) and least > there:
            yield subject.finding(
                (*trigger.path, "minSatisfied"),
                f"the trigger {quote(str(trigger.data.get('id')))} waits for {least} of {there} dependencies",
                expected=f"at most {there}",
                found=quote(str(least)),
                help="lower `minSatisfied`, or write `mode: ALL`",
            )
