"""A Switch has no branch.

## What it does

Finds a Switch that has tasks neither in `cases` nor in `defaults`.

## Why it matters

Whatever its value is, it does nothing.

## Example

```yaml
id: hello
namespace: company.team
tasks:
  - id: choose
    type: io.kestra.plugin.core.flow.Switch
    value: "{{ inputs.language }}"
```

## Use instead

```yaml
id: hello
namespace: company.team
tasks:
  - id: choose
    type: io.kestra.plugin.core.flow.Switch
    value: "{{ inputs.language }}"
    cases:
      en:
        - id: greet
          type: io.kestra.plugin.core.log.Log
          message: Hello
```
"""

from __future__ import annotations

from collections.abc import Iterator

from gitops.lint.finding import Finding, Severity
from gitops.lint.members import tasks
from gitops.lint.rule import rule
from gitops.lint.rule_entry import Profile
from gitops.lint.subject import Subject


@rule(severity=Severity.ERROR, since="0.1", profile=Profile.MINIMAL, about=("io.kestra.plugin.core.flow.Switch",))
def switch_without_branch(subject: Subject) -> Iterator[Finding]:
    """Every Switch without tasks to choose."""
    for task in tasks(subject, "io.kestra.plugin.core.flow.Switch"):
        if not task.data.get("cases") and not task.data.get("defaults"):
            yield subject.finding(
                (*task.path, "type"),
                "this Switch has no tasks: neither `cases` nor `defaults` has any",
                expected="tasks in `cases`, in `defaults` or in both",
                found="none",
                help="add a case with the tasks to run for it",
            )
