"""A flow stands in a namespace that its folder may not use.

## What it does

Finds a flow whose namespace is none of those that the option `owned` allows for its file. Each entry is
a folder, which begins with `/`, and the namespaces that its files may use with those below them; of several entries
for a file the last one counts. An entry without a folder is about every file. Without the option nothing is found.

## Why it matters

Several teams and repositories deploy to one service; a flow in the namespace of another team reads its secrets and
its files.

## Example

```yaml
# with the option `owned`: ["company.team"]
id: hello
namespace: company.billing
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
```

## Use instead

```yaml
# with the option `owned`: ["company.team"]
id: hello
namespace: company.team.greetings
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
```
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gitops.language.quoting import quote
from gitops.lint import words
from gitops.lint.finding import Finding, Severity
from gitops.lint.repository import Repository
from gitops.lint.rule import option, repository_rule

OWNED = option(
    __name__,
    "owned",
    (),
    "Which namespaces may be used: `company.team`, or `/folder/ company.team` for the files of a folder.",
)


@repository_rule(severity=Severity.ERROR, since="0.2", options=(OWNED,), needs=OWNED)
def namespace_not_owned(repository: Repository) -> Iterator[Finding]:
    """The namespace of every file that is told of and that may not use it."""
    entries = [entry.split() for entry in repository.setting(OWNED)]
    for file in repository.files if entries else ():
        namespace, owned = file.facts.namespace, _owned(file.path, entries)
        if namespace is None or file.file.context or owned is None:
            continue
        if not any(namespace == each or namespace.startswith(f"{each}.") for each in owned):
            yield file.finding(
                ("namespace",),
                f"files here may not use the namespace {quote(namespace)}",
                expected=f"{words.one_of(owned)}, or a namespace below" if owned else "no flow in this folder",
                found=quote(namespace),
                help="move the flow to a namespace of its owner, or change the option `owned`",
            )


def _owned(path: str, entries: Sequence[Sequence[str]]) -> list[str] | None:
    """The namespaces of the last entry that is about a file; None when no entry is."""
    found: list[str] | None = None
    for entry in entries:
        folder = entry[0].strip("/") if entry and entry[0].startswith("/") else None
        if folder is None or not folder or path.startswith(f"{folder}/"):
            found = list(entry[folder is not None :])
    return found
