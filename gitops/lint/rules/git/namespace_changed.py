"""The namespace of a flow has changed.

## What it does

Finds a flow whose namespace differs from that at the base revision: in the same file, or in another
file when one flow with its id is gone.

## Why it matters

A namespace is immutable. The change would delete the flow with its executions and create another.

## Example

```yaml
# was: namespace: company.team
id: hello
namespace: company.other
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
```

## Use instead

```yaml
# flows/other/hello.yml, a new file; the old one is deleted in a later commit
id: hello
namespace: company.other
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
from gitops.lint.repository import FlowFile, Repository
from gitops.lint.rule import repository_rule
from gitops.lint.rule_entry import Profile

_ONE = "the namespace of flow {} has changed; it is immutable"
_BOTH = "the namespace and the id of flow {} have changed; they are immutable"


@repository_rule(severity=Severity.ERROR, since="0.1", profile=Profile.MINIMAL, about=("changed",))
def namespace_changed(repository: Repository) -> Iterator[Finding]:
    """The namespace of every flow that had another one at the base revision."""
    gone: dict[str, list[tuple[str, str]]] = {}
    for (namespace, flow_id), path in repository.deleted.items():
        gone.setdefault(flow_id, []).append((namespace, path))
    for file in repository.touched:
        if file.facts.key is not None and not file.file.context:
            moved = [] if repository.was(file.facts.key) else gone.get(file.facts.key[1], [])
            yield from _compared(file, file.facts.key, moved)


def _compared(file: FlowFile, flow: tuple[str, str], gone: list[tuple[str, str]]) -> Iterator[Finding]:
    namespace, flow_id = flow
    if file.base is not None:
        before, path, flow_id = file.base.namespace, file.path, file.base.id or flow_id
    elif len(gone) == 1:
        before, path = gone[0]
    else:
        return
    if before is None or before == namespace:
        return
    yield file.finding(
        ("namespace",),
        _ONE.format(quote(flow_id)) if flow_id == flow[1] else _BOTH.format(quote(flow_id)),
        expected=f"{quote(before)}, as in `{path}` at the base revision",
        found=quote(namespace),
        help=f"keep {quote(before)}; to move the flow, create it in the new namespace under a new file "
        "and delete the old file in a commit of its own",
    )
