"""A Flow trigger waits for a flow that is not there.

## What it does

Finds a flow or a namespace in the `preconditions`, `conditions` or `dependsOn` of a Flow trigger that none of the
repository's files has. It keeps silent about namespaces that no flow of the repository has, unless the name looks
like a slip, and about names that an expression decides.

## Why it matters

The trigger never fires, and nothing says so.

## Example

```yaml
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
triggers:
  - id: after
    type: io.kestra.plugin.core.trigger.Flow
    preconditions:
      id: after_goodbye
      flows:
        - namespace: company.team
          flowId: goodby
```

## Use instead

```yaml
# where company/team/goodbye.yml holds this flow
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
triggers:
  - id: after
    type: io.kestra.plugin.core.trigger.Flow
    preconditions:
      id: after_goodbye
      flows:
        - namespace: company.team
          flowId: goodbye
```
"""

from __future__ import annotations

from collections.abc import Iterator

from gitops.language.quoting import quote
from gitops.lint import words
from gitops.lint.entries import renaming
from gitops.lint.facts.listens import EQUALS, Listen
from gitops.lint.finding import Finding, Severity
from gitops.lint.names import Key, Names
from gitops.lint.repository import FlowFile, Repository
from gitops.lint.rule import option, repository_rule

ELSEWHERE = option(
    __name__, "elsewhere", (), "Namespaces whose flows are kept outside of this repository, with those below them."
)


@repository_rule(severity=Severity.WARNING, since="0.2", about=("listens",), options=(ELSEWHERE,))
def unknown_trigger_flow(repository: Repository) -> Iterator[Finding]:
    """Every flow and every namespace that a Flow trigger waits for and that no file has."""
    if not repository.options.complete:
        return
    names = Names(repository, repository.setting(ELSEWHERE))
    for file in repository.files:
        for listen in file.facts.listens if not (file.file.context or file.facts.disabled) else ():
            key = listen.flow_key
            if key is not None and names.lacks(key):
                yield from _flow(file, listen, key, names)
            elif key is None and listen.namespace is not None and listen.comparison == EQUALS:
                yield from _namespace(file, listen, listen.namespace, names)


def _flow(file: FlowFile, listen: Listen, key: Key, names: Names) -> Iterator[Finding]:
    meant = names.meant(key)
    part = 0 if meant is not None and meant[0] != key[0] else 1
    path, right = (listen.namespace_path, listen.flow_path)[part], meant and meant[part]
    yield file.finding(
        path,
        f"there is no flow {quote(key[1])} in namespace {quote(key[0])}{_consequence(listen)}",
        expected="a flow of this repository",
        found=quote(key[part]),
        help=words.did_you_mean(right) or "create the flow, or correct the name",
        fix=renaming(file.document, path, right) if right else None,
    )


def _namespace(file: FlowFile, listen: Listen, namespace: str, names: Names) -> Iterator[Finding]:
    """A namespace is only told of when it looks like a slip: others may be somebody else's."""
    meant = None if names.has_namespace(namespace) else names.meant_namespace(namespace)
    if meant is not None:
        yield file.finding(
            listen.namespace_path,
            f"no flow is in the namespace {quote(namespace)}{_consequence(listen)}",
            expected="a namespace of this repository",
            found=quote(namespace),
            help=words.did_you_mean(meant),
            fix=renaming(file.document, listen.namespace_path, meant),
        )


def _consequence(listen: Listen) -> str:
    return ", so the trigger never fires" if listen.needed else ""
