"""The inputs of a flow have changed, and a call no longer fits.

## What it does

Compares the inputs of a flow with those at the base revision and finds calls in this repository that fitted
and do not fit any more: an input is required now or takes less, or one is gone that a call gives a value. A call
that is changed along is not told of here.

## Why it matters

The executions that these calls ask for cannot be created, or ignore what they are given.

## Example

```yaml
# `person` is new, and the flow `hello` calls this one without it
id: goodbye
namespace: company.team
inputs:
  - id: person
    type: STRING
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: "Goodbye {{ inputs.person }}"
```

## Use instead

```yaml
# `person` is new, and the flow `hello` calls this one without it
id: goodbye
namespace: company.team
inputs:
  - id: person
    type: STRING
    defaults: Ann
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: "Goodbye {{ inputs.person }}"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from gitops.language.position import Path
from gitops.language.quoting import quote
from gitops.lint.calling import MISSING, UNFIT, UNKNOWN, Misfit, broken
from gitops.lint.finding import Finding, Related, Severity
from gitops.lint.repository import FlowFile, Repository
from gitops.lint.rule import repository_rule
from gitops.lint.rule_entry import Profile

_WORDS = {
    MISSING: ("the input {} is required now, and {} no value for it", "give it `defaults`"),
    UNFIT: ("the input {} takes less than before, and {} what it does not take any more", "let it take what it took"),
    UNKNOWN: ("the input {} is gone, and {} a value for it", "keep the input"),
}


@repository_rule(severity=Severity.ERROR, since="0.2", profile=Profile.MINIMAL, about=("changed",))
def breaking_input(repository: Repository) -> Iterator[Finding]:
    """Every input of a flow whose change breaks calls, told where the input is, or was."""
    found: dict[tuple[str, str, str], list[Misfit]] = {}
    for misfit in broken(repository):
        mismatch = misfit.mismatch
        found.setdefault((misfit.called.path, mismatch.kind, mismatch.input), []).append(misfit)
    for (_, kind, name), misfits in found.items():
        message, advice = _WORDS[kind]
        callers = f"{len(misfits)} calls give" if len(misfits) > 1 else "a call gives"
        file = misfits[0].called
        path, key = _place(file, name)
        yield file.finding(
            path,
            message.format(quote(name), callers),
            key=key,
            help=f"{advice}, or change the callers in the same commit",
            related=[_site(misfit) for misfit in misfits],
        )


def _place(file: FlowFile, name: str) -> tuple[Path, bool]:
    """The id of the input; without one the inputs, or the flow."""
    declared = next((each for each in file.facts.inputs if each.id == name), None)
    if declared is not None:
        return (*declared.path, "id"), False
    return (("inputs",), True) if file.facts.inputs else (("id",), False)


def _site(misfit: Misfit) -> Related:
    file, call = misfit.site
    if misfit.mismatch.kind == MISSING:
        return file.related((*call.path, "flowId"), "the call")
    return file.related((*call.path, "inputs", misfit.mismatch.input), "the call gives it here")
