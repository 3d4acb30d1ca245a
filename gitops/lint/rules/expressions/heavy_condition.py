"""A condition does slow work.

## What it does

Finds `http()`, `read()` and `errorLogs()` in conditions (`runIf`, `condition`, `when`) and in the conditions of
triggers.

## Why it matters

A condition is looked at by the engine itself, often and for every execution; a slow one holds up everybody.

## Example

```yaml
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
    runIf: "{{ read('flag.txt') == 'on' }}"
```

## Use instead

```yaml
id: hello
namespace: company.team
tasks:
  - id: flag
    type: io.kestra.plugin.core.debug.Return
    format: "{{ read('flag.txt') }}"
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
    runIf: "{{ outputs.flag.value == 'on' }}"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from gitops.language.quoting import quote
from gitops.lint.expressions.references import FUNCTION
from gitops.lint.finding import Finding, Severity
from gitops.lint.rule import rule
from gitops.lint.rule_entry import Profile
from gitops.lint.subject import EXPRESSIONS, Subject

_HEAVY = frozenset(("http", "read", "errorLogs"))
_CONDITIONS = frozenset(("runIf", "condition", "when", "conditions"))


@rule(severity=Severity.INFO, since="0.2", profile=Profile.STRICT, about=(EXPRESSIONS,))
def heavy_condition(subject: Subject) -> Iterator[Finding]:
    """Every call of a slow function in a condition."""
    for use, called in subject.calls:
        if called.kind == FUNCTION and called.name in _HEAVY and not _CONDITIONS.isdisjoint(use.path):
            yield subject.finding(
                use.path,
                f"{quote(called.name)} in a condition holds up the engine",
                key=use.key,
                within=called.span,
                expected="a condition that reads what is there",
                help="do it in a task before, and look at its output here",
            )
