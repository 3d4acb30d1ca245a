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
from gitops.lint.repository import Repository
from gitops.lint.rule import repository_rule
from gitops.lint.rule_entry import Profile


@repository_rule(severity=Severity.ERROR, since="0.1", profile=Profile.MINIMAL)
def duplicate_flow(repository: Repository) -> Iterator[Finding]:
    """The second file and every later one with the same flow, by path."""
    for file in repository.files if len(repository.flows) < len(repository.files) else ():
        flow = file.facts.key
        if flow is None or file.file.context or repository.flows[flow] is file:
            continue
        first = repository.flows[flow]
        yield file.finding(
            ("id",),
            f"flow {quote(flow[1])} of namespace {quote(flow[0])} is already in another file",
            found=f"the same flow in `{first.path}`",
            help="delete one of the two files, or give this flow an id of its own",
            related=first.related(("id",), "first used here"),
        )
