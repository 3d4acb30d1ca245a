"""An expression reads an output that the called flow does not have.

## What it does

Finds `outputs.<task>.outputs.<name>` where the task calls a flow of this repository that has no output of
that name. Expressions that provide for its absence, as with `??`, are passed over.

## Why it matters

The expression fails, and with it the task that it is a part of.

## Example

```yaml
# the flow `goodbye` has the output `count`
id: hello
namespace: company.team
tasks:
  - id: call
    type: io.kestra.plugin.core.flow.Subflow
    namespace: company.team
    flowId: goodbye
  - id: show
    type: io.kestra.plugin.core.log.Log
    message: "{{ outputs.call.outputs.cuont }}"
```

## Use instead

```yaml
# the flow `goodbye` has the output `count`
id: hello
namespace: company.team
tasks:
  - id: call
    type: io.kestra.plugin.core.flow.Subflow
    namespace: company.team
    flowId: goodbye
  - id: show
    type: io.kestra.plugin.core.log.Log
    message: "{{ outputs.call.outputs.count }}"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from gitops.language.quoting import quote
from gitops.lint import words
from gitops.lint.consuming import Reader, broken_by_change, is_there, readers
from gitops.lint.finding import Finding, Fix, Severity
from gitops.lint.repository import Repository
from gitops.lint.rule import repository_rule


@repository_rule(severity=Severity.WARNING, since="0.2", about=("output_uses",))
def unknown_subflow_output(repository: Repository) -> Iterator[Finding]:
    """Every output that is read and that no change of the called flow has just taken away."""
    for reader in readers(repository):
        if not (reader.file.file.context or is_there(reader) or broken_by_change(repository, reader)):
            yield _finding(reader)


def _finding(reader: Reader) -> Finding:
    from gitops.language.expression.tree import Span  # where it is needed: most runs have no finding

    file, use, call, called = reader
    names = tuple(each.id for each in called.facts.outputs)
    meant, within = words.closest(use.name, names), Span(use.start, use.end)
    return file.finding(
        use.path,
        f"the flow {quote(str(call.flow))} has no output {quote(use.name)}",
        key=use.key,
        within=within,
        expected=words.one_of(names) if names else "no output",
        found=quote(use.name),
        help=words.did_you_mean(meant) or "add the output to the flow, or read another one",
        related=called.related(("outputs",), "its outputs", key=True)
        if names
        else called.related(("id",), "the called flow"),
        fix=Fix(f"write {quote(meant)}", (file.edit(use.path, meant, key=use.key, within=within),)) if meant else None,
    )
