"""Flows call each other in a circle, under a condition.

## What it does

Finds flows of which each may call the next, and the last one the first, where at least one call is made under a
condition, for each item of something, or when something fails.

## Why it matters

Only the condition keeps the executions from creating others without an end.

## Example

```yaml
# and the flow `goodbye` calls `hello`
id: hello
namespace: company.team
tasks:
  - id: call
    type: io.kestra.plugin.core.flow.Subflow
    runIf: "{{ inputs.again }}"
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
    runIf: "{{ inputs.again }}"
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


@repository_rule(severity=Severity.INFO, since="0.2", about=("calls",))
def mutual_recursion(repository: Repository) -> Iterator[Finding]:
    """Each circle once, at the first call of it in a file that is told of."""
    for first, *others in call_circles(repository, certain=False):
        yield first.file.finding(
            first.path,
            f"these flows may call each other in a circle: {route([first, *others])}",
            help="make sure that the condition ends it, or use a loop",
            related=[link.file.related(link.path, link.words) for link in others],
        )
