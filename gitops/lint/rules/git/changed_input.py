"""An input of a flow asks for more than before.

## What it does

Compares the inputs of a flow with those at the base revision and finds one that is required now, or takes less
than before, where nobody in this repository is known to suffer: no flow calls this one, or the calls give values that
an expression decides.

## Why it matters

Whoever starts the flow from elsewhere, by a webhook or by the API, may be refused from now on.

## Example

```yaml
# `person` is new
id: hello
namespace: company.team
inputs:
  - id: person
    type: STRING
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: "Hello {{ inputs.person }}"
```

## Use instead

```yaml
# `person` is new
id: hello
namespace: company.team
inputs:
  - id: person
    type: STRING
    defaults: Ann
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: "Hello {{ inputs.person }}"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from gitops.language.quoting import quote
from gitops.lint.calling import was_there
from gitops.lint.facts.given import EXPRESSION
from gitops.lint.facts.interface import InputFact
from gitops.lint.finding import Finding, Severity
from gitops.lint.narrowing import demanding, narrowed
from gitops.lint.repository import CallSite, FlowFile, Former, Repository
from gitops.lint.revisions import changed_flows
from gitops.lint.rule import repository_rule


@repository_rule(severity=Severity.INFO, since="0.2", about=("changed",))
def changed_input(repository: Repository) -> Iterator[Finding]:
    """Every input that asks for more and that no call in the repository has been broken by."""
    for file, former in changed_flows(repository):
        if file.facts.key is not None and former.facts.inputs != file.facts.inputs:
            yield from _compared(repository, file, former, repository.callers.get(file.facts.key, []))


def _compared(repository: Repository, file: FlowFile, former: Former, sites: list[CallSite]) -> Iterator[Finding]:
    before = {each.id: each for each in former.facts.inputs}
    for now in file.facts.inputs:
        change = demanding(before.get(now.id), now)
        if change is not None and not sites:
            who = "a webhook" if any(each.digest is not None for each in file.facts.triggers) else "the API"
            yield _finding(file, now, change, f"nobody calls this flow here, but {who} may start it", [])
        change = narrowed(before.get(now.id), now)
        unsure = [site for site in sites if _is_decided_later(site, now) and was_there(repository, site)]
        if change is not None and (unsure or not sites):
            yield _finding(file, now, change, "values that were taken may be refused", unsure)


def _is_decided_later(site: CallSite, now: InputFact) -> bool:
    """Whether an expression decides what a call gives the input."""
    return not site.call.pinned and any(
        each.name == now.id and each.kind == EXPRESSION for each in site.call.given or ()
    )


def _finding(file: FlowFile, now: InputFact, change: str, why: str, sites: list[CallSite]) -> Finding:
    return file.finding(
        (*now.path, "id"),
        f"the input {quote(now.id)} {change}; {why}",
        help="make sure that nobody starts this flow as before",
        related=[other.related((*call.path, "inputs", now.id), "given here") for other, call in sites],
    )
