"""Flows start each other in a circle.

## What it does

Finds flows of which each starts the next when it succeeds, by a Flow trigger or by a call, and the last one
the first. Triggers that wait for several executions, or that a condition or a label decides about, are passed over.

## Why it matters

One execution is enough to start others without an end.

## Example

```yaml
# and the flow `goodbye` has a Flow trigger that waits for `hello`
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
triggers:
  - id: after_goodbye
    type: io.kestra.plugin.core.trigger.Flow
    preconditions:
      id: after_goodbye
      flows:
        - namespace: company.team
          flowId: goodbye
```

## Use instead

```yaml
# and the flow `goodbye` has no trigger
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
triggers:
  - id: after_goodbye
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

from gitops.lint.chains import route, trigger_circles
from gitops.lint.finding import Finding, Severity
from gitops.lint.repository import Repository
from gitops.lint.rule import repository_rule


@repository_rule(severity=Severity.WARNING, since="0.2", about=("listens",))
def trigger_cycle(repository: Repository) -> Iterator[Finding]:
    """Each circle once, at the first link of it in a file that is told of."""
    for first, *others in trigger_circles(repository):
        yield first.file.finding(
            first.path,
            f"these flows start each other without an end: {route([first, *others])}",
            expected="a chain of triggers that ends",
            help="take one of the triggers out, or let it wait for other states",
            related=[link.file.related(link.path, link.words) for link in others],
        )
