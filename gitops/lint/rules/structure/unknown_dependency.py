"""A dependency is not there.

## What it does

Finds a task of a Dag, or an input, that depends on one that is not there.

## Why it matters

It would wait for ever.

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
      - task:
          id: part
          type: io.kestra.plugin.core.log.Log
          message: Goodbye
        dependsOn: [greeting]
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

from gitops.language.quoting import quote
from gitops.lint import words
from gitops.lint.dependencies import groups
from gitops.lint.finding import Finding, Severity
from gitops.lint.rule import rule
from gitops.lint.rule_entry import Profile
from gitops.lint.subject import Subject


@rule(severity=Severity.ERROR, since="0.1", profile=Profile.MINIMAL, about=("dependsOn",))
def unknown_dependency(subject: Subject) -> Iterator[Finding]:
    """Every id in a `dependsOn` that nothing beside it has."""
    for group in groups(subject):
        for dependent in group.members:
            others = tuple(name for name in group.ids if name != dependent.id)
            for path, need in dependent.needs:
                if need not in group.ids and not group.open:
                    yield subject.finding(
                        path,
                        f"{quote(dependent.id)} depends on {quote(need)}, which is no {group.what} of {group.where}",
                        expected=words.one_of(others) if others else "no dependency",
                        found=quote(need),
                        help=words.did_you_mean(words.closest(need, others)),
                    )
