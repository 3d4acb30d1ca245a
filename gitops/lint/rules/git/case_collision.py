"""Two names differ only in upper and lower case.

## What it does

Finds a flow file whose path is equal to another file's, or a flow whose namespace and id are equal to another flow's,
when upper and lower case are ignored.

## Why it matters

Windows and macOS keep only one of two such files, so that a clone there shows a change that nobody made. Databases that
ignore case do the same with flows.

## Example

```yaml
# flows/Hello.yml, beside flows/hello.yml
id: Hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
```

## Use instead

```yaml
# flows/hello_again.yml, beside flows/hello.yml
id: hello_again
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
```
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from gitops.language.quoting import quote
from gitops.lint.finding import Finding, Severity
from gitops.lint.repository import FlowFile, Repository
from gitops.lint.rule import repository_rule


@repository_rule(severity=Severity.WARNING, since="0.2")
def case_collision(repository: Repository) -> Iterator[Finding]:
    """The later of two such files, or flows; equal flows are another rule's."""
    yield from _of_paths(repository)
    yield from _of_flows(repository)


def _of_paths(repository: Repository) -> Iterator[Finding]:
    first = _first(repository.options.paths or [file.path for file in repository.files])
    for file in repository.files if first else ():
        other = first.get(file.path.lower(), file.path)
        if other != file.path:
            yield file.finding(
                ("id",),
                "the path of this file differs from another one only in upper and lower case",
                found=f"`{other}` beside `{file.path}`",
                help="rename one of the two files",
            )


def _of_flows(repository: Repository) -> Iterator[Finding]:
    names = {".".join(key): key for key in repository.flows}
    first = _first(names)
    for name, key in sorted(names.items(), key=lambda item: item[1]) if first else ():
        other, file = repository.flows[names[first[name.lower()]]], repository.flows[key]
        if other is not file and not (other.file.context and file.file.context):
            yield _finding(file, key[1], other)


def _finding(file: FlowFile, flow: str, other: FlowFile) -> Finding:
    return file.finding(
        ("id",),
        f"the name of flow {quote(flow)} differs from another one only in upper and lower case",
        found=f"{quote(str(other.facts.id))} of namespace {quote(str(other.facts.namespace))}",
        help="give one of the two flows another id",
        related=other.related(("id",), "the other one"),
    )


def _first(names: Collection[str]) -> dict[str, str]:
    """The first of the names that are equal but for case, by the name in lower case; nothing when all differ."""
    found: dict[str, str] = {}
    if len(set("\0".join(names).lower().split("\0"))) == len(names):
        return found
    for name in sorted(names):
        found.setdefault(name.lower(), name)
    return found
