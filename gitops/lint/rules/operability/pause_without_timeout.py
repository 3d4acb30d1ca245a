"""An execution may wait for ever.

## What it does

Finds Pause tasks that wait for a person and have no `timeout`.

## Why it matters

The person is on holiday, and the execution stays for good.

## Example

```yaml
id: hello
namespace: company.team
tasks:
  - id: wait
    type: io.kestra.plugin.core.flow.Pause
```

## Use instead

```yaml
id: hello
namespace: company.team
tasks:
  - id: wait
    type: io.kestra.plugin.core.flow.Pause
    timeout: P7D
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

_PAUSE = "io.kestra.plugin.core.flow.Pause"
_ENDS = ("timeout", "delay", "pauseDuration")


@rule(severity=Severity.INFO, since="0.2", profile=Profile.STRICT, about=(_PAUSE,))
def pause_without_timeout(subject: Subject) -> Iterator[Finding]:
    """Every pause that only a person ends."""
    for task in tasks(subject, _PAUSE):
        if not any(task.data.get(name) for name in _ENDS):
            yield subject.finding(
                (*task.path, "type"),
                f"the pause {quote(str(task.data.get('id')))} may wait for ever",
                expected="`timeout`",
                help="add a `timeout`, for instance `P7D`",
            )
