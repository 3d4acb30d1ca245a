"""A file is moved and rewritten at once.

## What it does

Finds a flow whose file has another path than at the base revision and whose text is so different that Git sees one file
deleted and another one added.

## Why it matters

`git log --follow` and `git blame` end at the move, and a reviewer cannot see what has changed.

## Example

```yaml
# greetings/hello.yml, which was hello.yml, with every task changed
id: hello
namespace: company.team
tasks:
  - id: say
    type: io.kestra.plugin.core.debug.Return
    format: "{{ now() }}"
```

## Use instead

```yaml
# greetings/hello.yml, which was hello.yml; its tasks are changed in the next commit
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
```
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from gitops.lint.finding import Finding, Severity
from gitops.lint.repository import Repository
from gitops.lint.rule import repository_rule
from gitops.lint.rule_entry import Profile
from gitops.lint.source import content

_LEAST = 0.5
"""The share of a file that Git must find again to see that it was moved."""


@repository_rule(severity=Severity.INFO, since="0.2", profile=Profile.STRICT, about=("changed",))
def moved_and_edited(repository: Repository) -> Iterator[Finding]:
    """Every flow in a new file whose old one is gone and had another text."""
    for file in repository.touched if repository.gone else ():
        former = repository.was(file.facts.key)
        if former is None or file.base is not None or file.file.context:
            continue
        before = repository.gone_sources.get(former.path)
        if before is not None and _likeness(content(before), content(file.file.source or b"")) < _LEAST:
            yield file.finding(
                ("id",),
                "the file is moved and rewritten at once, so Git does not see that it was moved",
                found=f"it was in `{former.path}`",
                help="move the file in one commit and change it in the next",
            )


def _likeness(one: bytes, other: bytes) -> float:
    """The share of bytes in lines that both have, of the longer text."""
    lines = Counter(one.splitlines()) & Counter(other.splitlines())
    common = sum(number * (len(line) + 1) for line, number in lines.items())
    return common / max(len(one), len(other), 1)
