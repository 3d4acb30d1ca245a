"""Somebody outside decides which server is asked.

## What it does

Finds addresses (`uri`, `url`) whose host is a value that somebody outside may choose.

## Why it matters

A request from inside reaches what is not reachable from outside: metadata of clouds, administration, databases.

## Example

```yaml
id: hello
namespace: company.team
inputs:
  - id: name
    type: STRING
tasks:
  - id: call
    type: io.kestra.plugin.core.http.Request
    uri: "{{ inputs.name }}/status"
```

## Use instead

```yaml
id: hello
namespace: company.team
inputs:
  - id: name
    type: STRING
tasks:
  - id: call
    type: io.kestra.plugin.core.http.Request
    uri: "https://example.com/{{ inputs.name }}"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from gitops.language.quoting import quote
from gitops.lint.finding import Finding, Severity
from gitops.lint.rule import rule
from gitops.lint.rule_entry import Profile
from gitops.lint.sinks import ADDRESSES, property_of
from gitops.lint.subject import EXPRESSIONS, Subject
from gitops.lint.tainted import tainted


@rule(severity=Severity.WARNING, since="0.2", profile=Profile.STRICT, about=ADDRESSES)
def server_side_request(subject: Subject) -> Iterator[Finding]:
    """Every value from outside that stands where the host does."""
    for use in subject.rendered if EXPRESSIONS in subject.words else ():
        if property_of(use.path) not in ADDRESSES or use.key:
            continue
        for reference, source in tainted(subject, use):
            before = use.text[: reference.span.start].partition("://")
            if "/" not in (before[2] if before[1] else before[0]):
                yield subject.finding(
                    use.path,
                    f"{quote(use.text[reference.span.start : reference.span.end])} decides which server is asked",
                    within=reference.span,
                    expected="a host that the flow says",
                    found=f"a host that {source.words} decides",
                    help="write the host, or let the input be a SELECT of the hosts that may be asked",
                    related=subject.related(source.path, "the value comes from here"),
                )
