"""A Flow trigger fires for every flow.

## What it does

Finds a Flow trigger that says nothing about the executions it waits for.

## Why it matters

It fires for every execution of every other flow, also of those that are yet to be written.

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
    preconditions:
      id: after_goodbye
      flows:
        - namespace: company.team
          flowId: goodbye
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

_FILTERS = ("conditions", "preconditions", "dependsOn", "when", "states")


@rule(severity=Severity.WARNING, since="0.1", profile=Profile.MINIMAL, about=("io.kestra.plugin.core.trigger.Flow",))
def unfiltered_flow_trigger(subject: Subject) -> Iterator[Finding]:
    """Every Flow trigger without any filter."""
    for trigger in triggers(subject, "io.kestra.plugin.core.trigger.Flow"):
        if not any(trigger.data.get(name) for name in _FILTERS):
            yield subject.finding(
                (*trigger.path, "type"),
                f"the trigger {quote(str(trigger.data.get('id')))} fires for every execution of every flow",
                expected="a filter, such as `preconditions`",
                found="none",
                help="add `preconditions` that name the flows to wait for",
            )
