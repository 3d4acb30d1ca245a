"""A choice is listed twice.

## What it does

Finds values that stand twice in the `values` of a SELECT, MULTISELECT or ENUM, and dependencies that are named twice.

## Why it matters

The second does nothing. Mostly it should be another.

## Example

```yaml
id: hello
namespace: company.team
inputs:
  - id: size
    type: SELECT
    values: [small, large, small]
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: "{{ inputs.size }}"
```

## Use instead

```yaml
id: hello
namespace: company.team
inputs:
  - id: size
    type: SELECT
    values: [small, large]
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: "{{ inputs.size }}"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from gitops.language.position import Path
from gitops.lint.finding import Finding, Severity
from gitops.lint.rule import rule
from gitops.lint.subject import Subject
from gitops.lint.words import value_words

_LISTS = ("values", "options", "dependsOn")


@rule(severity=Severity.WARNING, since="0.2", about=_LISTS)
def duplicate_value(subject: Subject) -> Iterator[Finding]:
    """Every value that was there before."""
    for path, values in _lists(subject):
        first: dict[object, int] = {}
        for index, value in enumerate(values):
            if not isinstance(value, str | int) or isinstance(value, bool):
                continue
            if value in first:
                yield subject.finding(
                    (*path, index),
                    f"{value_words(value)} is already in this list",
                    found=value_words(value),
                    help="take it out, or write what was meant",
                    related=subject.related((*path, first[value]), "first listed here"),
                )
            first.setdefault(value, index)


def _lists(subject: Subject) -> Iterator[tuple[Path, list[object]]]:
    for item in subject.outline.inputs:
        for name in _LISTS[:2]:
            found = subject.at((*item.path, name))
            if isinstance(found, list):
                yield (*item.path, name), found
    for task in subject.outline.tasks:
        path = (*task.path[:-1], "dependsOn")
        found = subject.at(path)
        if isinstance(found, list):
            yield path, found
