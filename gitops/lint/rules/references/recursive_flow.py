"""A flow calls itself.

## What it does

Finds a task that starts the flow it stands in, also by `{{ flow.namespace }}` and `{{ flow.id }}` where every
execution comes to it.

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
from gitops.lint.facts.calls import ALWAYS, CALLING, Call, calls
from gitops.lint.finding import Finding, Severity
from gitops.lint.rule import rule
from gitops.lint.rule_entry import Profile
from gitops.lint.subject import Subject


@rule(severity=Severity.ERROR, since="0.1", profile=Profile.MINIMAL, about=CALLING)
def recursive_flow(subject: Subject) -> Iterator[Finding]:
    """Every task that names the namespace and the id of its own flow."""
    for call in calls(subject):
        if subject.flow is not None and call.flow_key == subject.flow and _is_refused(subject, call):
            namespace, flow_id = subject.flow
            yield subject.finding(
                (*call.path, "flowId"),
                f"the flow calls itself: {quote(f'{namespace}.{flow_id}')} is this flow",
                expected="another flow",
                found=quote(flow_id),
                help="call another flow; to repeat tasks, use a loop",
            )


def _is_refused(subject: Subject, call: Call) -> bool:
    """Whether the names are written out, or the call goes on for ever: expressions are only rendered at run time."""
    written = subject.at((*call.path, "namespace")), subject.at((*call.path, "flowId"))
    return written == subject.flow or call.runs == ALWAYS
