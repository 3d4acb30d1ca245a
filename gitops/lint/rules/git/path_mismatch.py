"""The namespace of a flow differs from its folder.

## What it does

Finds a flow whose namespace differs from the folder that its file stands in. `company/team/hello.yml`
and `company.team/hello.yml` both mean `company.team`; a first or last folder named `flows` or `_flows` does not count.

## Why it matters

People look for a flow in the folder of its namespace, and folders decide who may change it.

## Example

```yaml
# company/team/hello.yml
id: hello
namespace: company.other
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
```

## Use instead

```yaml
# company/team/hello.yml
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
from functools import cache, partial

from gitops.language.quoting import quote
from gitops.lint.finding import Finding, Severity
from gitops.lint.repository import Repository
from gitops.lint.rule import repository_rule

_SILENT = ("flows", "_flows")


@repository_rule(severity=Severity.ERROR, since="0.1")
def path_mismatch(repository: Repository) -> Iterator[Finding]:
    """The namespace of every flow whose folder says another one."""
    by_folder = cache(partial(_expected, root=repository.options.root))
    for file in repository.files:
        expected = by_folder(file.path.rpartition("/")[0])
        namespace = file.facts.namespace
        if file.file.context or expected is None or namespace is None:
            continue
        if namespace != expected:
            yield file.finding(
                ("namespace",),
                "the namespace differs from the folder",
                expected=f"`{expected}`",
                found=quote(namespace),
                help=f"write `namespace: {expected}`, or move the file to the folder "
                f"{quote(namespace.replace('.', '/'))}",
            )


def _expected(folder: str, root: str | None) -> str | None:
    """The namespace that a folder means; None when it means none."""
    if root is None:
        return None
    top = f"{root.strip('/')}/" if root.strip("/") else ""
    folders = f"{folder}/".removeprefix(top).split("/")[:-1] if f"{folder}/".startswith(top) else []
    if folders and folders[0] in _SILENT:
        folders = folders[1:]
    if folders and folders[-1] in _SILENT:
        folders = folders[:-1]
    return ".".join(folders) or None
