"""Flows call each other in a circle.

## What it does

Finds flows of which each calls the next in every execution, and the last one the first. Calls under a
condition, in a loop or in an error handler are passed over, as they may come to an end.

## Why it matters

Every execution creates another one, without an end.

## Example

```yaml
# and the flow `goodbye` calls `hello`
id: hello
namespace: company.team
tasks:
  - id: call
    type: io.kestra.plugin.core.flow.Subflow
    namespace: company.team
    flowId: goodbye
```

## Use instead

```yaml
# and the flow `goodbye` calls no other
id: hello
namespace: company.team
tasks:
  - id: call
    type: io.kestra.plugin.core.flow.Subflow
    namespace: company.team
    flowId: goodbye
```
"""

from __future__ import annotations

from collections.abc import Iterator

from gitops.lint.chains import call_circles, route
from gitops.lint.finding import Finding, Severity
from gitops.lint.repository import Repository
from gitops.lint.rule import repository_rule
from gitops.lint.rule_entry import Profile


@repository_rule(severity=Severity.ERROR, since="0.2", profile=Profile.MINIMAL, about=("calls",))
def subflow_cycle(repository: Repository) -> Iterator[Finding]:
    """Each circle once, at the first call of it in a file that is told of."""
    for circle in call_circles(repository, certain=True):
        first, *others = circle
        yield first.file.finding(
            first.path,
            f"these flows call each other without an end: {route(circle)}",
            expected="a chain of calls that ends",
            help="take one of the calls out, or make it depend on a condition",
            related=[link.file.related(link.path, link.words) for link in others],
        )
