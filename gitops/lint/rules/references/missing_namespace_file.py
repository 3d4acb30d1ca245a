"""A flow reads a file that is not there.

## What it does

Finds a file that `read` or `fileURI` names, or a pattern of `namespaceFiles.include`, that none of the
repository's files is meant by, in whatever folder. It keeps silent where the files of namespaces seem to be kept
elsewhere: when the repository has no `_files` folder, no other such file, and none of a similar name.

## Why it matters

The expression fails, or the task runs without the file.

## Example

```yaml
# where the repository holds _files/orders.sql
id: hello
namespace: company.team
tasks:
  - id: show
    type: io.kestra.plugin.core.log.Log
    message: "{{ read('order.sql') }}"
```

## Use instead

```yaml
# where the repository holds _files/orders.sql
id: hello
namespace: company.team
tasks:
  - id: show
    type: io.kestra.plugin.core.log.Log
    message: "{{ read('orders.sql') }}"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from gitops.language.quoting import quote
from gitops.lint import words
from gitops.lint.facts.namespace_files import FileUse
from gitops.lint.finding import Finding, Fix, Severity
from gitops.lint.kept_files import KeptFiles
from gitops.lint.lookup import value_at
from gitops.lint.repository import FlowFile, Repository
from gitops.lint.rule import repository_rule


@repository_rule(severity=Severity.WARNING, since="0.2", about=("file_uses",))
def missing_namespace_file(repository: Repository) -> Iterator[Finding]:
    """Every name and every pattern that means no file of the repository."""
    used = [(file, use) for file in repository.files for use in file.facts.file_uses]
    if not used or repository.options.paths is None or not repository.options.complete:
        return
    kept = KeptFiles(repository.options.paths)
    missing = [(file, use) for file, use in used if not kept.has(use)]
    sure = kept.of_namespaces or len(missing) < len(used)
    sure = sure and not any(file.facts.writes_files for file in repository.files)
    for file, use in missing:
        meant = kept.meant(use)
        if (sure or meant is not None) and not file.file.context and not file.facts.disabled:
            yield _finding(file, use, meant)


def _finding(file: FlowFile, use: FileUse, meant: str | None) -> Finding:
    from gitops.language.expression.tree import Span  # where it is needed: most runs have no finding

    within = Span(use.start, use.end) if use.end else None
    text = value_at(file.document.data, use.path)
    as_it_is = isinstance(text, str) and (text[use.start : use.end] == use.name or within is None)
    return file.finding(
        use.path,
        f"no file of the repository fits {quote(use.name)}" if use.pattern else f"there is no file {quote(use.name)}",
        within=within,
        expected="a file of the repository",
        help=words.did_you_mean(meant) or "add the file, or correct the name",
        fix=Fix(f"write {quote(meant)}", (file.edit(use.path, meant, within=within),)) if meant and as_it_is else None,
    )
