"""An expression reads a variable that the flow does not have.

## What it does

Finds `vars.x` where the flow's `variables` have no `x` and no task sets any. References that are guarded by `??`,
`default` or `is defined` are left alone.

## Why it matters

The task fails when the text is rendered.

## Example

```yaml
id: hello
namespace: company.team
variables:
  target: world
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: "{{ vars.taget }}"
```

## Use instead

```yaml
id: hello
namespace: company.team
variables:
  target: world
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: "{{ vars.target }}"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from gitops.language.quoting import quote
from gitops.lint import words
from gitops.lint.expressions.references import root_is
from gitops.lint.finding import Finding, Fix, Severity
from gitops.lint.rule import rule
from gitops.lint.subject import Subject

_SETTING = "io.kestra.plugin.core.execution.SetVariables"


@rule(severity=Severity.WARNING, since="0.2", about=("{{ vars",))
def unknown_variable(subject: Subject) -> Iterator[Finding]:
    """Every variable that there is not."""
    variables = subject.whole.get("variables")
    sets = any(task.type and subject.kinds.today(task.type) == _SETTING for task in subject.outline.tasks)
    if sets or not isinstance(variables, dict | None):
        return
    known = tuple(variables or ())
    for use, reference in subject.reads:
        name = reference.steps[1] if len(reference.steps) > 1 else None
        if root_is(reference, "vars") and not reference.guarded and isinstance(name, str) and name not in known:
            meant, place = words.closest(name, known), reference.step_spans[1]
            bare = use.text[place.start : place.end] == name and meant is not None and meant.isidentifier()
            edit = subject.edit(use.path, meant, key=use.key, within=place) if meant and bare else None
            yield subject.finding(
                use.path,
                f"the flow has no variable {quote(name)}",
                key=use.key,
                within=place,
                expected=words.one_of(known) if known else "a variable of the flow; it has none",
                found=quote(name),
                help=words.did_you_mean(meant) or f"add {quote(name)} to `variables`",
                fix=Fix(f"write {quote(meant)}", (edit,)) if meant and edit else None,
            )
