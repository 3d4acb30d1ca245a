"""Ids of a flow are written in several ways.

## What it does

Finds tasks whose id is written otherwise (`snake_case`, `kebab-case`, `camelCase`) than most of the flow's tasks, or
than the option `case` says.

## Why it matters

A reference is guessed wrong where ids follow no pattern; ids with a dash need brackets.

## Example

```yaml
id: hello
namespace: company.team
tasks:
  - id: say_hello
    type: io.kestra.plugin.core.log.Log
    message: Hello
  - id: say_more
    type: io.kestra.plugin.core.log.Log
    message: Hello
  - id: sayBye
    type: io.kestra.plugin.core.log.Log
    message: Bye
```

## Use instead

```yaml
id: hello
namespace: company.team
tasks:
  - id: say_hello
    type: io.kestra.plugin.core.log.Log
    message: Hello
  - id: say_more
    type: io.kestra.plugin.core.log.Log
    message: Hello
  - id: say_bye
    type: io.kestra.plugin.core.log.Log
    message: Bye
```
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from gitops.language.quoting import quote
from gitops.lint.finding import Finding, Severity
from gitops.lint.rule import option, rule
from gitops.lint.rule_entry import Profile
from gitops.lint.subject import Subject

ANY, SNAKE, KEBAB, CAMEL = "consistent", "snake_case", "kebab-case", "camelCase"
CASE = option(__name__, "case", ANY, "How ids are written.", choices=(ANY, SNAKE, KEBAB, CAMEL))
_CASES = {
    SNAKE: re.compile(r"[a-z0-9]+(_[a-z0-9]+)+"),
    KEBAB: re.compile(r"[a-z0-9]+(-[a-z0-9]+)+"),
    CAMEL: re.compile(r"[a-z0-9]+([A-Z][a-z0-9]*)+"),
}


@rule(severity=Severity.INFO, since="0.2", profile=Profile.STRICT, options=(CASE,))
def inconsistent_id_case(subject: Subject) -> Iterator[Finding]:
    """Every id of several words that is written otherwise than it should be."""
    found = [(task, _case(task.id)) for task in subject.outline.tasks if task.id and _case(task.id)]
    counted = Counter(case for _, case in found)
    wanted = subject.setting(CASE)
    if wanted == ANY and counted:
        wanted, most = counted.most_common(1)[0]
        if most * 2 <= len(found):
            return
    for task, case in found:
        if case != wanted:
            yield subject.finding(
                (*task.path, "id"),
                f"the id {quote(str(task.id))} is in {case}",
                expected=f"an id in {wanted}",
                found=quote(str(task.id)),
                help="rename the task and what refers to it",
            )


def _case(name: str) -> str:
    """How an id of several words is written; empty for a single word."""
    return next((case for case, pattern in _CASES.items() if pattern.fullmatch(name)), "")
