"""Two files hold the same flow.

## What it does

Finds two files that hold the same flow: the same namespace and id.

## Why it matters

Only one of the two can be deployed; which one would be an accident.

## Example

```yaml
# flows/hello.yml
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello

# flows/copy_of_hello.yml
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
```

## Use instead

```yaml
# flows/hello.yml
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello

# flows/hello_again.yml
id: hello_again
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
```
"""

from __future__ import annotations

from collections.abc import Iterator

from gitops.language.quoting import quote
from gitops.lint.finding import Finding, Severity
from gitops.lint.rule import Repository, Subject, repository_rule


@repository_rule(severity=Severity.ERROR, since="0.1")
def duplicate_flow(repository: Repository) -> Iterator[Finding]:
    """The second file and every later one with the same flow, by path."""
    first: dict[tuple[str, str], Subject] = {}
    for subject in sorted(repository.subjects, key=lambda subject: subject.file.path):
        flow = subject.flow
        if flow is None or first.setdefault(flow, subject) is subject:
            continue
        yield subject.finding(
            ("id",),
            f"flow {quote(flow[1])} of namespace {quote(flow[0])} is already in another file",
            found=f"the same flow in `{first[flow].file.path}`",
            help="delete one of the two files, or give this flow an id of its own",
            related=first[flow].place(("id",), "first used here"),
        )
