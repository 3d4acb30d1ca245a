"""A path with a dash subtracts.

## What it does

Finds `outputs.my-task.value` where `my-task` is an id: the language reads it as `outputs.my` minus `task.value`.

## Why it matters

The expression fails, or gives a number that nobody asked for. Ids with a dash are read with brackets.

## Example

```yaml
id: hello
namespace: company.team
tasks:
  - id: my-task
    type: io.kestra.plugin.core.debug.Return
    format: Hello
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: "{{ outputs.my-task.value }}"
```

## Use instead

```yaml
id: hello
namespace: company.team
tasks:
  - id: my-task
    type: io.kestra.plugin.core.debug.Return
    format: Hello
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: "{{ outputs['my-task'].value }}"
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gitops.language.expression.tree import Span
from gitops.language.quoting import quote
from gitops.lint.finding import Finding, Fix, Severity
from gitops.lint.rule import rule
from gitops.lint.rule_entry import Profile
from gitops.lint.subject import Subject

_PATH = re.compile(r"\b(?P<root>outputs|inputs|vars)\.(?P<id>\w+(?:-\w+)+)")


@rule(severity=Severity.WARNING, since="0.2", profile=Profile.MINIMAL, about=("{{ outputs", "{{ inputs", "{{ vars"))
def dash_in_path(subject: Subject) -> Iterator[Finding]:
    """Every path in an expression whose second name is an id with a dash."""
    known = _ids(subject)
    for use in subject.rendered if any("-" in name for names in known.values() for name in names) else ():
        for span in use.spans:
            for match in _PATH.finditer(use.text, span.span.start, span.span.end):
                if match["id"] in known[match["root"]]:
                    better = f"{match['root']}['{match['id']}']"
                    place = Span(match.start(), match.end())
                    yield subject.finding(
                        use.path,
                        f"{quote(match[0])} subtracts",
                        key=use.key,
                        within=place,
                        expected=quote(better),
                        found=quote(match[0]),
                        help="read an id with a dash with brackets",
                        fix=_fix(subject, use.path, better, place, quoted=_in_quotes(subject, use.path)),
                    )


def _ids(subject: Subject) -> dict[str, frozenset[str]]:
    variables = subject.whole.get("variables")
    return {
        "outputs": frozenset(task.id for task in subject.outline.tasks if task.id),
        "inputs": frozenset(item.id for item in subject.outline.inputs if item.id),
        "vars": frozenset(variables if isinstance(variables, dict) else ()),
    }


def _in_quotes(subject: Subject, path: tuple[str | int, ...]) -> bool:
    """Whether the text stands in single quotes, so that quotes in it would have to be doubled."""
    span = subject.document.span(path)
    return subject.document.line(span.line)[span.column - 1 : span.column] == "'"


def _fix(subject: Subject, path: tuple[str | int, ...], better: str, place: Span, *, quoted: bool) -> Fix:
    text = better.replace("'", "''") if quoted else better
    return Fix(f"write {quote(better)}", (subject.edit(path, text, within=place),), safe=True)
