"""A flow lacks a label.

## What it does

With the option `keys` only: finds flows without a label of one of these keys.

## Why it matters

Labels say whose a flow is, and what it belongs to; searches and bills rely on them.

## Example

```yaml
# setting: keys: [owner]
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
```

## Use instead

```yaml
# setting: keys: [owner]
id: hello
namespace: company.team
labels:
  owner: data
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
```
"""

from __future__ import annotations

from collections.abc import Iterator

from gitops.lint import words
from gitops.lint.finding import Finding, Severity
from gitops.lint.rule import option, rule
from gitops.lint.subject import Subject

KEYS = option(__name__, "keys", (), "The keys of the labels that every flow must have.")


@rule(severity=Severity.WARNING, since="0.2", options=(KEYS,), needs=KEYS)
def missing_labels(subject: Subject) -> Iterator[Finding]:
    """The keys that a flow has no label of."""
    keys: tuple[str, ...] = subject.setting(KEYS)
    missing = [key for key in keys if key not in _keys(subject.whole.get("labels"))]
    if missing and subject.outline.id:
        yield subject.finding(
            ("labels",) if "labels" in subject.whole else ("id",),
            f"this flow has no label {words.listing(missing)}",
            key="labels" in subject.whole,
            expected=words.listing(keys),
            help="add the label",
        )


def _keys(labels: object) -> set[str]:
    if isinstance(labels, list):
        return {str(label["key"]) for label in labels if isinstance(label, dict) and "key" in label}
    return set(labels) if isinstance(labels, dict) else set()
