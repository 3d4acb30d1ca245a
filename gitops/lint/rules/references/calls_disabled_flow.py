"""A task calls a flow that is disabled.

## What it does

Finds a call of a flow of this repository that has `disabled: true`.

## Why it matters

A disabled flow creates no executions, so the task fails as soon as it runs.

## Example

```yaml
# the flow `goodbye` has `disabled: true`
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
# the flow `goodbye` has `disabled: true`
id: hello
namespace: company.team
tasks:
  - id: call
    type: io.kestra.plugin.core.flow.Subflow
    namespace: company.team
    flowId: goodbye
    disabled: true
```
"""

from __future__ import annotations

from collections.abc import Iterator

from gitops.language.quoting import quote
from gitops.lint.finding import Finding, Severity
from gitops.lint.repository import Repository
from gitops.lint.rule import repository_rule


@repository_rule(severity=Severity.WARNING, since="0.2", about=("calls",))
def calls_disabled_flow(repository: Repository) -> Iterator[Finding]:
    """Every call of a disabled flow, where the call or the flow is told of."""
    for key, sites in repository.callers.items():
        called = repository.flows.get(key)
        if called is None or not called.facts.disabled:
            continue
        for file, call in sites:
            if not (file.file.context and called.file.context) and not call.pinned:
                yield file.finding(
                    (*call.path, "flowId"),
                    f"the flow {quote(key[1])} is disabled",
                    expected="a flow that creates executions",
                    help="disable this task too, or enable the flow",
                    related=called.related(("disabled",), "disabled here"),
                )
