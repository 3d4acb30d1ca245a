"""A flow calls itself.

## What it does

Finds a task that starts the flow it stands in.

## Why it matters

Every execution would create another one, without an end.

## Example

```yaml
id: hello
namespace: company.team
tasks:
  - id: again
    type: io.kestra.plugin.core.flow.Subflow
    namespace: company.team
    flowId: hello
```

## Use instead

```yaml
id: hello
namespace: company.team
tasks:
  - id: again
    type: io.kestra.plugin.core.flow.Subflow
    namespace: company.team
    flowId: goodbye
```
"""

from __future__ import annotations

from collections.abc import Iterator

from gitops.language.quoting import quote
from gitops.lint.finding import Finding, Severity
from gitops.lint.members import tasks
from gitops.lint.rule import rule
from gitops.lint.rule_entry import Profile
from gitops.lint.subject import Subject

_CALLING = ("io.kestra.plugin.core.flow.Subflow", "io.kestra.plugin.core.flow.ForEachItem")


@rule(severity=Severity.ERROR, since="0.1", profile=Profile.MINIMAL, about=_CALLING)
def recursive_flow(subject: Subject) -> Iterator[Finding]:
    """Every task that names the namespace and the id of its own flow."""
    for task in tasks(subject, *_CALLING):
        if subject.flow is not None and (task.data.get("namespace"), task.data.get("flowId")) == subject.flow:
            namespace, flow_id = subject.flow
            yield subject.finding(
                (*task.path, "flowId"),
                f"the flow calls itself: {quote(f'{namespace}.{flow_id}')} is this flow",
                expected="another flow",
                found=quote(flow_id),
                help="call another flow; to repeat tasks, use a loop",
            )
