"""A plugin default is for a type that the flow does not use.

## What it does

Finds entries of `pluginDefaults` whose type, or prefix of types, no task, trigger, condition or task runner of the
flow has.

## Why it matters

The values have no effect. Mostly the type of the entry is misspelt, or the task is gone.

## Example

```yaml
id: hello
namespace: company.team
pluginDefaults:
  - type: io.kestra.plugin.core.http.Request
    values:
      method: POST
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
```

## Use instead

```yaml
id: hello
namespace: company.team
pluginDefaults:
  - type: io.kestra.plugin.core.log.Log
    values:
      level: WARN
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
```
"""

from __future__ import annotations

from collections.abc import Iterator

from gitops.language.outline import items
from gitops.language.plugin_defaults import NAMES
from gitops.language.quoting import quote
from gitops.lint.finding import Finding, Severity
from gitops.lint.rule import rule
from gitops.lint.subject import Subject


@rule(severity=Severity.WARNING, since="0.2", about=NAMES)
def unused_plugin_default(subject: Subject) -> Iterator[Finding]:
    """Every entry for nothing."""
    data = subject.document.data
    used = set(_types(data))
    used |= {subject.kinds.today(name) for name in used}
    for name in NAMES if isinstance(data, dict) else ():
        for path, entry in items(data, name) if isinstance(data, dict) else ():
            kind = entry.get("type")
            today = subject.kinds.today(kind) if isinstance(kind, str) else ""
            if isinstance(kind, str) and not any(each.startswith((kind, today)) for each in used):
                yield subject.finding(
                    (*path, "type"),
                    f"nothing in the flow is of type {quote(kind)}",
                    expected="a type that the flow uses, or a prefix of one",
                    found=quote(kind),
                    help="correct the type, or delete the entry",
                )


def _types(value: object) -> Iterator[str]:
    """The types of everything but the entries themselves."""
    if isinstance(value, dict):
        kind = value.get("type")
        if isinstance(kind, str):
            yield kind
        for key, item in value.items():
            if key not in NAMES:
                yield from _types(item)
    elif isinstance(value, list):
        for item in value:
            yield from _types(item)
