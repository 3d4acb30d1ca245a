"""A file is renamed in upper and lower case only.

## What it does

Finds a flow file whose path differs from that of a file that is gone only in upper and lower case.

## Why it matters

Clones on Windows and macOS do not see the new name: there the file seems to be changed, or is left behind.

## Example

```yaml
# flows/Hello.yml, which was flows/hello.yml
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
```

## Use instead

```yaml
# flows/greeting.yml, which was flows/hello.yml
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
```
"""

from __future__ import annotations

from collections.abc import Iterator

from gitops.lint.finding import Finding, Severity
from gitops.lint.repository import Repository
from gitops.lint.rule import repository_rule


@repository_rule(severity=Severity.INFO, since="0.2", about=("changed",))
def case_only_rename(repository: Repository) -> Iterator[Finding]:
    """Every new file beside a gone one of that name."""
    gone = {path.lower(): path for path in repository.gone}
    for file in repository.files if gone else ():
        before = gone.get(file.path.lower())
        if before is not None and file.base is None and not file.file.context:
            yield file.finding(
                ("id",),
                "the file is renamed in upper and lower case only",
                expected=f"`{before}`, or a name that differs in more than case",
                found=f"`{file.path}`",
                help="keep the name, or rename in two commits with another name between",
            )
