"""The file of a flow is large.

## What it does

Finds a flow whose text is longer than the option `kilobytes` allows, and points to the longest text in it.

## Why it matters

Every execution keeps its flow at hand, every revision is stored whole, and nobody reviews such a change: scripts
and data belong in files of their own.

## Example

```yaml
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: |
      A text of a hundred kilobytes
```

## Use instead

```yaml
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: "{{ read('greeting.txt') }}"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from gitops.language.position import Path
from gitops.lint.finding import Finding, Severity
from gitops.lint.repository import FlowFile, Repository
from gitops.lint.rule import option, repository_rule

KILOBYTES = option(__name__, "kilobytes", 100, "How large a file may be, in kilobytes of 1,000 bytes.")
_LEAST_SHARE = 0.2


@repository_rule(severity=Severity.INFO, since="0.2", options=(KILOBYTES,))
def large_file(repository: Repository) -> Iterator[Finding]:
    """The longest text of a file that is too large, or the flow's id when there is none that stands out."""
    for file in repository.files:
        most = repository.setting(KILOBYTES, file.path) * 1_000
        if file.facts.size > most and not file.file.context:
            yield _finding(file, most)


def _finding(file: FlowFile, most: int) -> Finding:
    length, path = max(_texts(file.document.data), default=(0, ()), key=lambda found: found[0])
    stands_out = length > _LEAST_SHARE * file.facts.size
    return file.finding(
        path if stands_out else ("id",),
        "the file is large, mostly because of this text" if stands_out else "the file is large",
        expected=f"at most {most:,} bytes",
        found=f"{file.facts.size:,} bytes",
        help="move scripts and data to namespace files, and read them from there",
    )


def _texts(data: object) -> Iterator[tuple[int, Path]]:
    """The length and the path of every text."""
    waiting: list[tuple[Path, object]] = [((), data)]
    while waiting:
        path, value = waiting.pop()
        if isinstance(value, str):
            yield len(value), path
        elif isinstance(value, dict | list):
            steps = value.items() if isinstance(value, dict) else enumerate(value)
            waiting.extend(((*path, step), item) for step, item in steps)
