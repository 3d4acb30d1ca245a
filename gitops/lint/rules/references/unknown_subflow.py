"""A task calls a flow that is not there.

## What it does

Finds a call of a flow that is in none of the repository's files. It keeps silent about namespaces that no
flow of the repository has, unless the name looks like a slip, and about names that an expression decides.

## Why it matters

The task fails as soon as it runs.

## Example

```yaml
id: hello
namespace: company.team
tasks:
  - id: call
    type: io.kestra.plugin.core.flow.Subflow
    namespace: company.team
    flowId: goodby
```

## Use instead

```yaml
# where company/team/goodbye.yml holds this flow
id: hello
namespace: company.team
tasks:
  - id: call
    type: io.kestra.plugin.core.flow.Subflow
    namespace: company.team
    flowId: goodbye
```
"""

from __future__ import annotations

from collections.abc import Iterator

from gitops.language.quoting import quote
from gitops.lint import words
from gitops.lint.entries import renaming
from gitops.lint.facts.calls import NEVER, Call
from gitops.lint.finding import Finding, Severity
from gitops.lint.names import Key, Names
from gitops.lint.repository import FlowFile, Repository
from gitops.lint.rule import option, repository_rule

ELSEWHERE = option(
    __name__, "elsewhere", (), "Namespaces whose flows are kept outside of this repository, with those below them."
)


@repository_rule(severity=Severity.WARNING, since="0.2", about=("calls",), options=(ELSEWHERE,))
def unknown_subflow(repository: Repository) -> Iterator[Finding]:
    """Every call of a flow that is in no file, and was in none before."""
    if not repository.options.complete:
        return
    names = Names(repository, repository.setting(ELSEWHERE))
    for file in repository.files:
        for call in file.facts.calls if not (file.file.context or file.facts.disabled) else ():
            key = call.flow_key
            if key is not None and call.runs != NEVER and names.lacks(key):
                yield _finding(file, call, key, names.meant(key))


def _finding(file: FlowFile, call: Call, key: Key, meant: Key | None) -> Finding:
    wrong = "namespace" if meant is not None and meant[0] != key[0] else "flowId"
    right = None if meant is None else meant[0] if wrong == "namespace" else meant[1]
    return file.finding(
        (*call.path, wrong),
        f"there is no flow {quote(key[1])} in namespace {quote(key[0])}",
        expected="a flow of this repository",
        found=quote(key[0] if wrong == "namespace" else key[1]),
        help=words.did_you_mean(right) or "create the flow, or correct the name",
        fix=renaming(file.document, (*call.path, wrong), right) if right is not None else None,
    )
