"""An expression reads an input that the flow does not have.

## What it does

Finds `inputs.x` where no input has the id `x`; ids with dots and the inputs of a FORM count. References that are
guarded by `??`, `default` or `is defined` are left alone, and flows that take inputs from elsewhere.

## Why it matters

The task fails when the text is rendered. It is mostly an input that was renamed, or a slip.

## Example

```yaml
id: hello
namespace: company.team
inputs:
  - id: day
    type: DATE
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: "{{ inputs.dya }}"
```

## Use instead

```yaml
id: hello
namespace: company.team
inputs:
  - id: day
    type: DATE
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: "{{ inputs.day }}"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from gitops.language.outline import input_outlines
from gitops.language.quoting import quote
from gitops.lint import words
from gitops.lint.expressions.dashes import is_dashed
from gitops.lint.expressions.references import Steps, root_is
from gitops.lint.finding import Finding, Fix, Severity
from gitops.lint.rule import rule
from gitops.lint.subject import Subject

_FORM, _ELSEWHERE = "FORM", "REUSABLE_INPUTS"


@rule(severity=Severity.WARNING, since="0.2", about=("{{ inputs",))
def unknown_input(subject: Subject) -> Iterator[Finding]:
    """Every input that there is not."""
    if any(item.type == _ELSEWHERE for item in subject.outline.inputs):
        return
    known = tuple(dict.fromkeys(_ids(subject)))
    for use, reference in subject.reads:
        if not root_is(reference, "inputs") or reference.guarded or _is_known(reference.steps[1:], known):
            continue
        name, place = str(reference.steps[1]), reference.step_spans[1]
        if is_dashed(use.text, place, known):
            continue
        meant = words.closest(name, known)
        bare = use.text[place.start : place.end] == name and meant is not None and meant.isidentifier()
        edit = subject.edit(use.path, meant, key=use.key, within=place) if meant and bare else None
        yield subject.finding(
            use.path,
            f"the flow has no input {quote(name)}",
            key=use.key,
            within=place,
            expected=words.one_of(known) if known else "an input of the flow; it has none",
            found=quote(name),
            help=words.did_you_mean(meant) or f"add an input {quote(name)}",
            fix=Fix(f"write {quote(meant)}", (edit,)) if meant and edit else None,
        )


def _is_known(steps: Steps, known: tuple[str, ...]) -> bool:
    """Whether steps below `inputs` lead to an input, or to something that only the expression knows."""
    if not steps or not isinstance(steps[0], str):
        return True
    if steps[0] in known:
        return True
    path = ".".join(str(step) for step in steps if step is not None)
    return any(path == name or path.startswith(f"{name}.") or name.startswith(f"{path}.") for name in known)


def _ids(subject: Subject) -> Iterator[str]:
    for item in subject.outline.inputs:
        if item.id is not None:
            yield item.id
            data = subject.at(item.path)
            if item.type == _FORM and isinstance(data, dict):
                yield from (f"{item.id}.{child.id}" for child in input_outlines(data, "inputs", item.path) if child.id)
