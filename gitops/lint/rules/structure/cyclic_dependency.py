"""Dependencies go in a circle.

## What it does

Finds tasks of a Dag, or inputs, that depend on one another in a circle.

## Why it matters

Each waits for another, so none of them ever begins.

## Example

```yaml
id: hello
namespace: company.team
tasks:
  - id: graph
    type: io.kestra.plugin.core.flow.Dag
    tasks:
      - task:
          id: greet
          type: io.kestra.plugin.core.log.Log
          message: Hello
        dependsOn: [part]
      - task:
          id: part
          type: io.kestra.plugin.core.log.Log
          message: Goodbye
        dependsOn: [greet]
```

## Use instead

```yaml
id: hello
namespace: company.team
tasks:
  - id: graph
    type: io.kestra.plugin.core.flow.Dag
    tasks:
      - task:
          id: greet
          type: io.kestra.plugin.core.log.Log
          message: Hello
      - task:
          id: part
          type: io.kestra.plugin.core.log.Log
          message: Goodbye
        dependsOn: [greet]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from gitops.lint import words
from gitops.lint.dependencies import circles, groups
from gitops.lint.finding import Finding, Severity
from gitops.lint.rule import rule
from gitops.lint.rule_entry import Profile
from gitops.lint.subject import Subject


@rule(severity=Severity.ERROR, since="0.1", profile=Profile.MINIMAL, about=("dependsOn",))
def cyclic_dependency(subject: Subject) -> Iterator[Finding]:
    """One finding for each circle, at the first of its members."""
    for group in groups(subject):
        for found in circles(group.members):
            names = words.listing(member.id for member in found)
            yield subject.finding(
                found[0].needs_path,
                f"{names} depend on each other in a circle" if len(found) > 1 else f"{names} depends on itself",
                expected=f"every {group.what} to depend on others that do not depend on it",
                found=words.chain([*(member.id for member in found), found[0].id]),
                help="take one of these dependencies out",
            )
