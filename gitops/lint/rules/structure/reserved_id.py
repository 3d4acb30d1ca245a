"""The id of a flow is reserved.

## What it does

With the dialect `v2` only: finds flows with an id that is a word of the API's addresses.

## Why it matters

The address of the flow would be that of an action.

## Example

```yaml
id: search
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
```

## Use instead

```yaml
id: search_customers
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
```
"""

from __future__ import annotations

from collections.abc import Iterator

from gitops.language.quoting import quote
from gitops.lint.finding import Finding, Severity
from gitops.lint.rule import rule
from gitops.lint.rule_entry import Profile
from gitops.lint.subject import REMOVALS, Subject

_RESERVED = frozenset(
    ("pause", "resume", "force-run", "change-status", "kill", "executions", "search", "source", "disable", "enable")
)


@rule(severity=Severity.ERROR, since="0.1", profile=Profile.MINIMAL, about=(REMOVALS,))
def reserved_id(subject: Subject) -> Iterator[Finding]:
    """The id, when it is a word of the API."""
    if subject.options.dialect == "v2" and subject.outline.id in _RESERVED:
        yield subject.finding(
            ("id",),
            f"{quote(subject.outline.id)} is reserved",
            expected="an id that is no word of the API",
            found=quote(subject.outline.id),
            help="choose another id before the flow is deployed; ids never change",
        )
