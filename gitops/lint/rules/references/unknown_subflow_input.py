"""A call gives a value for an input that is not there.

## What it does

Finds a value in the `inputs` of a call for which the called flow, in this repository, has no input.

## Why it matters

The value is ignored: most often the name is misspelt, or the flow has changed.

## Example

```yaml
# the flow `goodbye` has the input `person`
id: hello
namespace: company.team
tasks:
  - id: call
    type: io.kestra.plugin.core.flow.Subflow
    namespace: company.team
    flowId: goodbye
    inputs:
      persn: Ann
```

## Use instead

```yaml
# the flow `goodbye` has the input `person`
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

from gitops.language.quoting import quote
from gitops.lint import words
from gitops.lint.calling import UNKNOWN, Misfit, declared, misfits
from gitops.lint.entries import removal, renaming
from gitops.lint.finding import Finding, Fix, Severity
from gitops.lint.repository import Repository
from gitops.lint.rule import repository_rule


@repository_rule(severity=Severity.WARNING, since="0.2", about=("calls",))
def unknown_subflow_input(repository: Repository) -> Iterator[Finding]:
    """Every value that a call gives for nothing, told where the call is."""
    for misfit in misfits(repository, UNKNOWN):
        file, call = misfit.site
        meant = _meant(misfit)
        yield file.finding(
            (*call.path, "inputs", misfit.mismatch.input),
            f"the flow {quote(str(call.flow))} has no input {quote(misfit.mismatch.input)}",
            key=True,
            expected=words.one_of(_free(misfit)) if _free(misfit) else "no other input",
            found=quote(misfit.mismatch.input),
            help=words.did_you_mean(meant) or "delete the value: it is ignored",
            related=declared(misfit),
            fix=_fix(misfit, meant),
        )


def _fix(misfit: Misfit, meant: str | None) -> Fix | None:
    document, path = misfit.site.file.document, (*misfit.site.call.path, "inputs", misfit.mismatch.input)
    return removal(document, path) if meant is None else renaming(document, path, meant, key=True)


def _meant(misfit: Misfit) -> str | None:
    return words.closest(misfit.mismatch.input, _free(misfit))


def _free(misfit: Misfit) -> tuple[str, ...]:
    """The inputs that the call does not give yet."""
    given = {each.name for each in misfit.site.call.given or ()}
    return tuple(each.id for each in misfit.called.facts.inputs if each.id not in given)
