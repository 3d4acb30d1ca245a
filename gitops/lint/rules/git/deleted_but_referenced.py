"""A flow is deleted that others still need.

## What it does

Finds a flow of the base revision that is in no file any more, by deletion or by a new id, while a task
still calls it or a Flow trigger cannot fire without it. The finding is where it is needed.

## Why it matters

The call fails as soon as it runs; the trigger never fires again.

## Example

```yaml
# and the file of the flow `goodbye` is deleted
id: hello
namespace: company.team
tasks:
  - id: call
    type: io.kestra.plugin.core.flow.Subflow
    namespace: company.team
    flowId: goodbye
```

## Use instead

```yaml
# and the file of the flow `goodbye` is deleted
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

from gitops.language.position import Path
from gitops.language.quoting import quote
from gitops.lint.entries import renaming
from gitops.lint.finding import Finding, Severity
from gitops.lint.repository import FlowFile, Repository
from gitops.lint.rule import repository_rule
from gitops.lint.rule_entry import Profile


@repository_rule(severity=Severity.ERROR, since="0.2", profile=Profile.MINIMAL, about=("changed",))
def deleted_but_referenced(repository: Repository) -> Iterator[Finding]:
    """Every call of such a flow, and every trigger that waits for one."""
    if not repository.removed:
        return
    for file, path, (namespace, flow), why in _needs(repository):
        was_in = repository.removed[namespace, flow].path
        successor = _successor(repository, namespace, was_in)
        yield file.finding(
            path,
            f"the flow {quote(flow)} of namespace {quote(namespace)} is gone, and {why}",
            found=f"no such flow; at the base revision it was in `{was_in}`",
            help=_advice(successor),
            fix=renaming(file.document, path, successor) if successor else None,
        )


def _needs(repository: Repository) -> Iterator[tuple[FlowFile, Path, tuple[str, str], str]]:
    """Where each such flow is named, and why it is needed there."""
    for key in repository.removed:
        for file, call in repository.callers.get(key, ()):
            if not call.pinned:
                yield file, (*call.path, "flowId"), key, "this task calls it"
    for file in repository.files:
        for listen in file.facts.listens if not file.facts.disabled else ():
            if listen.flow_key in repository.removed and listen.flow_key is not None and listen.needed:
                yield file, listen.flow_path, listen.flow_key, "this trigger never fires without it"


def _advice(successor: str | None) -> str:
    if successor is None:
        return "keep the flow, or change this in the same commit"
    return f"name {quote(successor)}, which is in that file now, or keep the flow"


def _successor(repository: Repository, namespace: str, path: str) -> str | None:
    """The id of the new flow of that namespace that stands in the file now."""
    found = [file.facts.key for file in repository.touched if file.path == path]
    return next((key[1] for key in found if key and key[0] == namespace and repository.was(key) is None), None)
