"""A flow says what only the service may say.

## What it does

Finds the properties `revision`, `deleted`, `tenantId` and `updated` of a flow, which exports of Kestra hold.

## Why it matters

The service gives every flow its own; what is written is ignored and misleads those who read it.

## Example

```yaml
id: hello
namespace: company.team
revision: 7
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
```

## Use instead

```yaml
id: hello
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
from gitops.lint.entries import removal
from gitops.lint.finding import Finding, Severity
from gitops.lint.rule import rule
from gitops.lint.subject import Subject

_OWNED = ("revision", "deleted", "tenantId", "updated")


@rule(severity=Severity.WARNING, since="0.2", about=_OWNED)
def server_owned_property(subject: Subject) -> Iterator[Finding]:
    """Each of these properties, of the flow itself."""
    data = subject.document.data
    for name in _OWNED:
        if isinstance(data, dict) and name in data:
            yield subject.finding(
                (name,),
                f"the service gives a flow its {quote(name)}; a written one is ignored",
                key=True,
                help="delete it",
                fix=removal(subject.document, (name,), safe=True),
            )
