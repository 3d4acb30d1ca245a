"""A query holds what somebody outside may write.

## What it does

Finds values in `sql` and `query` of database tasks that somebody outside may choose; inputs whose kind or `validator`
lets nothing harmful through are left alone.

## Why it matters

The value is put into the query before the database reads it. As a parameter it stays a value.

## Example

```yaml
id: hello
namespace: company.team
inputs:
  - id: name
    type: STRING
tasks:
  - id: find
    type: io.kestra.plugin.jdbc.postgresql.Query
    sql: "SELECT * FROM people WHERE name = '{{ inputs.name }}'"
```

## Use instead

```yaml
id: hello
namespace: company.team
inputs:
  - id: name
    type: STRING
tasks:
  - id: find
    type: io.kestra.plugin.jdbc.postgresql.Query
    sql: SELECT * FROM people WHERE name = :name
    parameters:
      name: "{{ inputs.name }}"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from gitops.language.quoting import quote
from gitops.lint.finding import Finding, Severity
from gitops.lint.rule import rule
from gitops.lint.sinks import QUERIES, query_uses
from gitops.lint.subject import Subject
from gitops.lint.tainted import tainted


@rule(severity=Severity.WARNING, since="0.2", about=QUERIES)
def sql_injection(subject: Subject) -> Iterator[Finding]:
    """Every value from outside in a query."""
    for use in query_uses(subject):
        for reference, source in tainted(subject, use):
            shown = quote(use.text[reference.span.start : reference.span.end])
            yield subject.finding(
                use.path,
                f"{shown} is run as a part of the query",
                within=reference.span,
                expected="a parameter, such as `:name` with `parameters`",
                found=f"{shown}, which {source.words} decides",
                help="give the value as a parameter",
                related=subject.related(source.path, "the value comes from here"),
            )
