"""A task with a cache has another id.

## What it does

Finds a task with a `taskCache`, or with the `cache` of a WorkingDirectory, that seems to have had another id at the
base revision: that id is gone, and this one of the same type is new.

## Why it matters

What is kept is kept under the id of the task: it is lost, and made again.

## Example

```yaml
# was: id: install
id: hello
namespace: company.team
tasks:
  - id: packages
    type: io.kestra.plugin.core.flow.WorkingDirectory
    cache:
      patterns: ["node_modules/**"]
    tasks:
      - id: greet
        type: io.kestra.plugin.core.log.Log
        message: Hello
```

## Use instead

```yaml
# was: id: install
id: hello
namespace: company.team
tasks:
  - id: install
    type: io.kestra.plugin.core.flow.WorkingDirectory
    cache:
      patterns: ["node_modules/**"]
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
from gitops.lint.repository import Repository
from gitops.lint.revisions import changed_flows
from gitops.lint.rule import repository_rule
from gitops.lint.rule_entry import Profile


@repository_rule(severity=Severity.INFO, since="0.2", profile=Profile.STRICT, about=("changed",))
def task_id_changed(repository: Repository) -> Iterator[Finding]:
    """Every cached task with a new id, where one of the same type is gone."""
    for file, former in changed_flows(repository):
        there = {each.id for each in file.facts.caches}
        known = {each.id for each in former.facts.caches}
        gone = [each for each in former.facts.caches if each.id not in there]
        for now in file.facts.caches:
            before = next((each for each in gone if each.type == now.type), None) if now.id not in known else None
            if before is not None:
                gone.remove(before)
                yield file.finding(
                    (*now.path, "id"),
                    f"what the task {quote(before.id)} has kept is lost under the id {quote(now.id)}",
                    expected=f"{quote(before.id)}, as at the base revision",
                    found=quote(now.id),
                )
