"""A call gives an input a value of the wrong kind.

## What it does

Finds a plain value in the `inputs` of a call that the input of the called flow, in this repository, cannot
take: text for a number, a choice that there is not, a number out of range. Expressions are not judged.

## Why it matters

The called execution cannot be created, so the task fails as soon as it runs.

## Example

```yaml
# the flow `goodbye` has the input `times` of type INT
id: hello
namespace: company.team
tasks:
  - id: call
    type: io.kestra.plugin.core.flow.Subflow
    namespace: company.team
    flowId: goodbye
    inputs:
      times: twice
```

## Use instead

```yaml
# the flow `goodbye` has the input `times` of type INT
id: hello
namespace: company.team
tasks:
  - id: call
    type: io.kestra.plugin.core.flow.Subflow
    namespace: company.team
    flowId: goodbye
    inputs:
      times: 2
```
"""

from __future__ import annotations

from collections.abc import Iterator

from gitops.language.quoting import quote
from gitops.lint import words
from gitops.lint.calling import UNFIT, declared, misfits
from gitops.lint.finding import Finding, Severity
from gitops.lint.lookup import value_at
from gitops.lint.repository import Repository
from gitops.lint.rule import repository_rule
from gitops.lint.rule_entry import Profile


@repository_rule(severity=Severity.ERROR, since="0.2", profile=Profile.MINIMAL, about=("calls",))
def subflow_input_kind(repository: Repository) -> Iterator[Finding]:
    """Every plain value of a call that its input cannot take, told where the call is."""
    for misfit in misfits(repository, UNFIT):
        file, name = misfit.site.file, misfit.mismatch.input
        path = (*misfit.site.call.path, "inputs", name)
        yield file.finding(
            path,
            f"the input {quote(name)} of the flow {quote(str(misfit.site.call.flow))} cannot take this value",
            expected=misfit.mismatch.expected,
            found=words.value_words(value_at(file.document.data, path)),
            related=declared(misfit),
        )
