"""A condition is always true or always false.

## What it does

Finds conditions (`runIf`, `condition`, `when`) that read nothing: `true`, `"{{ 1 == 1 }}"`, `"false"`.

## Why it matters

What hangs on it runs always or never. It is often left over from a test.

## Example

```yaml
id: hello
namespace: company.team
tasks:
  - id: choose
    type: io.kestra.plugin.core.flow.If
    condition: "{{ true }}"
    then:
      - id: greet
        type: io.kestra.plugin.core.log.Log
        message: Hello
```

## Use instead

```yaml
id: hello
namespace: company.team
inputs:
  - id: polite
    type: BOOL
tasks:
  - id: choose
    type: io.kestra.plugin.core.flow.If
    condition: "{{ inputs.polite }}"
    then:
      - id: greet
        type: io.kestra.plugin.core.log.Log
        message: Hello
```
"""

from __future__ import annotations

from collections.abc import Iterator

from gitops.language.expression.tree import Call, Node, children
from gitops.language.position import Path
from gitops.lint.expressions.references import read
from gitops.lint.expressions.uses import Use
from gitops.lint.finding import Finding, Severity
from gitops.lint.lookup import NOT_THERE
from gitops.lint.rule import rule
from gitops.lint.rule_entry import Profile
from gitops.lint.subject import Subject
from gitops.lint.words import value_words

_CONDITIONS = ("runIf", "condition", "when")


@rule(severity=Severity.WARNING, since="0.2", profile=Profile.STRICT, about=_CONDITIONS)
def constant_condition(subject: Subject) -> Iterator[Finding]:
    """Every condition of a task that reads and calls nothing."""
    for task in subject.outline.tasks:
        for name in _CONDITIONS:
            path = (*task.path, name)
            if _is_constant(subject.at(path), path):
                yield subject.finding(
                    path,
                    "this condition is always the same",
                    expected="a condition that reads something",
                    found=value_words(subject.at(path)),
                    help="take the condition out, or the part that never runs",
                )


def _is_constant(value: object, path: Path) -> bool:
    if value is NOT_THERE or not isinstance(value, str | bool):
        return False
    if isinstance(value, bool) or "{" not in value:
        return True
    use = Use(path, value)
    reading = read(value)
    calls = any(isinstance(node, Call) for span in use.spans for each in span.expressions for node in _nodes(each))
    return not (reading.references or calls or any(span.error for span in use.spans))


def _nodes(node: Node) -> Iterator[Node]:
    yield node
    for child in children(node):
        yield from _nodes(child)
