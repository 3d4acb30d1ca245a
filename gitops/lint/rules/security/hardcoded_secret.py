"""A secret is written down in the flow.

## What it does

Finds literal values of properties whose name says that they are secret (`password`, `token`, `apiKey`, …), and texts
that have the form of well-known keys, wherever they are. The value itself is never shown.

## Why it matters

What is in a repository is in every clone of it, and in its history for good.

## Example

```yaml
id: hello
namespace: company.team
tasks:
  - id: call
    type: io.kestra.plugin.core.http.Request
    uri: https://example.com
    headers:
      X-Api-Key: 8f14e45fceea167a5a36dedd4bea2543
```

## Use instead

```yaml
id: hello
namespace: company.team
tasks:
  - id: call
    type: io.kestra.plugin.core.http.Request
    uri: https://example.com
    headers:
      X-Api-Key: "{{ secret('API_KEY') }}"
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gitops.language.position import Path
from gitops.lint.finding import Finding, Severity
from gitops.lint.masking import is_secret, secret_form
from gitops.lint.rule import rule
from gitops.lint.subject import Subject

_SHORTEST = 8
_PLACEHOLDER = re.compile(
    r"(?i).*(?:change.?me|example|placeholder|your|dummy|secret|password|passwd|todo|xxx|\*\*\*|<|\$|test|null|none).*",
    re.DOTALL,
)
_FREE = ("variables", "labels", "inputs", "outputs")
_NOT_VALUES = frozenset(("id", "type", "secretName", "key", "keys", "tokenUrl", "description"))


@rule(severity=Severity.WARNING, since="0.2")
def hardcoded_secret(subject: Subject) -> Iterator[Finding]:
    """Every value that is a secret by its form, or by the name of its property."""
    some = secret_form(subject.document.source) is not None
    for name in subject.text_names:
        named = name not in _NOT_VALUES and is_secret(name)
        for path, text in subject.texts(name) if some or named else ():
            if (some and secret_form(text)) or (named and _looks_like_one(path, text)):
                yield subject.finding(
                    path,
                    "a secret is written down here",
                    expected="`{{ secret('NAME') }}`",
                    help="change the secret, since it has been seen, and read it with `secret()`",
                )


def _looks_like_one(path: Path, text: str) -> bool:
    if path[0] in _FREE:
        return False
    varied = any(character.isdigit() for character in text) and any(character.isalpha() for character in text)
    return len(text) >= _SHORTEST and varied and " " not in text and "{{" not in text and not _PLACEHOLDER.match(text)
