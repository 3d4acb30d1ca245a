"""A call leaves a required input without a value.

## What it does

Finds a call of a flow of this repository that gives no value to an input that needs one: a required
input without `defaults`, `prefill` and `dependsOn`. Calls of a fixed `revision` are passed over.

## Why it matters

The called execution cannot be created, so the task fails as soon as it runs.

## Example

```yaml
# the flow `goodbye` has the required input `person`
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
# the flow `goodbye` has the required input `person`
id: hello
namespace: company.team
tasks:
  - id: call
    type: io.kestra.plugin.core.flow.Subflow
    namespace: company.team
    flowId: goodbye
    inputs:
      person: Ann
```
"""

from __future__ import annotations

from collections.abc import Iterator

from gitops.language.position import Path
from gitops.language.quoting import quote
from gitops.lint import words
from gitops.lint.calling import MISSING, declared, misfits
from gitops.lint.entries import addition, renaming
from gitops.lint.facts.calls import Call
from gitops.lint.finding import Finding, Fix, Severity
from gitops.lint.repository import FlowFile, Repository
from gitops.lint.rule import repository_rule
from gitops.lint.rule_entry import Profile


@repository_rule(severity=Severity.ERROR, since="0.2", profile=Profile.MINIMAL, about=("calls",))
def missing_subflow_input(repository: Repository) -> Iterator[Finding]:
    """Every needed input of a called flow that a call does not give, told where the call is."""
    for misfit in misfits(repository, MISSING):
        (file, call), name, misspelt = misfit.site, misfit.mismatch.input, misfit.mismatch.misspelt
        yield file.finding(
            _place(call, misspelt),
            f"the flow {quote(str(call.flow))} needs a value for its input {quote(name)}",
            key=bool(call.given),
            expected=f"{quote(name)} among the `inputs`",
            found=quote(misspelt) if misspelt else None,
            help=words.did_you_mean(misspelt and name)
            or f"add {quote(name)} to the `inputs`, or give it `defaults` in the flow",
            related=declared(misfit),
            fix=_fix(file, call, name, misspelt),
        )


def _place(call: Call, misspelt: str | None) -> Path:
    if misspelt is not None:
        return (*call.path, "inputs", misspelt)
    return (*call.path, "inputs" if call.given else "flowId")


def _fix(file: FlowFile, call: Call, name: str, misspelt: str | None) -> Fix | None:
    """Correct the name, or hand on an input of the caller that has the same one."""
    if misspelt is not None:
        return renaming(file.document, (*call.path, "inputs", misspelt), name, key=True)
    if not any(each.id == name for each in file.facts.inputs):
        return None
    read = f"inputs.{name}" if name.isidentifier() else f"inputs['{name}']"
    return addition(file.document, (*call.path, "inputs"), name, f'"{{{{ {read} }}}}"')
