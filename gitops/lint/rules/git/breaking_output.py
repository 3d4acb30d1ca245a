"""An output of a flow has changed, and others read it.

## What it does

Compares the outputs of a flow with those at the base revision and finds one that is gone, or that has a type that is
read in another way, while an expression of another flow reads it as before.

## Why it matters

The expressions that read the output fail, and with them the tasks that they are a part of.

## Example

```yaml
# the output `count` is gone, and the flow `hello` reads it
id: goodbye
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Goodbye
```

## Use instead

```yaml
# the flow `hello` reads the output `count`
id: goodbye
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Goodbye
outputs:
  - id: count
    type: INT
    value: 1
```
"""

from __future__ import annotations

from collections.abc import Iterator

from gitops.language.position import Path
from gitops.language.quoting import quote
from gitops.lint import words
from gitops.lint.consuming import Reader, broken_by_change, find, readers
from gitops.lint.finding import Finding, Related, Severity
from gitops.lint.repository import FlowFile, Repository
from gitops.lint.rule import repository_rule
from gitops.lint.rule_entry import Profile


@repository_rule(severity=Severity.ERROR, since="0.2", profile=Profile.MINIMAL, about=("changed",))
def breaking_output(repository: Repository) -> Iterator[Finding]:
    """Every output whose change breaks expressions, told where the output is, or was."""
    found: dict[tuple[str, str, str], list[Reader]] = {}
    for reader in readers(repository):
        change = broken_by_change(repository, reader)
        if change is not None and not (reader.file.file.context and reader.called.file.context):
            found.setdefault((reader.called.path, reader.use.name, change), []).append(reader)
    for (_, name, change), broken in found.items():
        file = broken[0].called
        path, key = _place(file, name)
        reads = words.count(len(broken), "expression reads", "expressions read")
        yield file.finding(
            path,
            f"the output {quote(name)} {change}, and {reads} it",
            key=key,
            help="keep the output as it was, or change those who read it in the same commit",
            related=[_related(reader) for reader in broken],
        )


def _place(file: FlowFile, name: str) -> tuple[Path, bool]:
    """The type of the output; without it the outputs, or the flow."""
    declared = find(file.facts.outputs, name)
    if declared is not None:
        return (*declared.path, "type"), False
    return (("outputs",), True) if file.facts.outputs else (("id",), False)


def _related(reader: Reader) -> Related:
    from gitops.language.expression.tree import Span  # where it is needed: most runs have no finding

    within = Span(reader.use.start, reader.use.end)
    return reader.file.related(reader.use.path, "read here", key=reader.use.key, within=within)
