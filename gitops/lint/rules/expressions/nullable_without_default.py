"""A value that may be absent is read as if it were there.

## What it does

Finds expressions that read an optional input without a default, or the variables of a trigger in a flow that people
may also run by hand, and do not say what holds when there is nothing: no `??`, `default` or `is defined`.

## Why it matters

An execution that somebody starts without the value fails in the middle.

## Example

```yaml
id: hello
namespace: company.team
inputs:
  - id: name
    type: STRING
    required: false
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: "Hello {{ inputs.name }}"
```

## Use instead

```yaml
id: hello
namespace: company.team
inputs:
  - id: name
    type: STRING
    required: false
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: "Hello {{ inputs.name ?? 'you' }}"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from gitops.language.quoting import quote
from gitops.lint.expressions.references import Reference, root_is
from gitops.lint.finding import Finding, Severity
from gitops.lint.rule import rule
from gitops.lint.rule_entry import Profile
from gitops.lint.subject import EXPRESSIONS, Subject

_TRIGGERED = ("trigger", "schedule")


@rule(severity=Severity.INFO, since="0.2", profile=Profile.STRICT, about=(EXPRESSIONS,))
def nullable_without_default(subject: Subject) -> Iterator[Finding]:
    """Every unguarded reading of an optional input, or of a trigger outside of triggers."""
    optional = frozenset(_optional(subject))
    for use, reference in subject.reads:
        if reference.guarded or reference.local or use.path[:1] == ("triggers",):
            continue
        name = _nullable(reference, optional)
        if name is not None:
            yield subject.finding(
                use.path,
                f"{name} may be absent",
                key=use.key,
                within=reference.span,
                expected="`??`, `default` or `is defined`",
                help="say what holds without it, for instance with `?? ''`",
            )


def _nullable(reference: Reference, optional: frozenset[str]) -> str | None:
    if root_is(reference, "inputs") and len(reference.steps) > 1 and reference.steps[1] in optional:
        return f"the input {quote(str(reference.steps[1]))}"
    return f"{quote(str(reference.steps[0]))}" if reference.steps[0] in _TRIGGERED else None


def _optional(subject: Subject) -> Iterator[str]:
    for item in subject.outline.inputs:
        data = subject.at(item.path)
        given = isinstance(data, dict) and (data.get("defaults") is not None or data.get("prefill") is not None)
        if item.id and isinstance(data, dict) and data.get("required") is False and not given:
            yield item.id
