"""A property is set by two of its names.

## What it does

Finds a property that is set by an old or a newer name and once more by today's.

## Why it matters

One of the two values would be lost.

## Example

```yaml
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
    runIf: "{{ inputs.polite }}"
    when: "{{ inputs.loud }}"
```

## Use instead

```yaml
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
    runIf: "{{ inputs.polite and inputs.loud }}"
```
"""

from __future__ import annotations

from gitops.lint.finding import Severity
from gitops.lint.rule import declared

two_names = declared(__name__, severity=Severity.ERROR, since="0.1")
