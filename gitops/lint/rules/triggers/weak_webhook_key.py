"""The key of a webhook can be guessed.

## What it does

Finds keys of Webhook triggers that are short or made of one word.

## Why it matters

Whoever has the key starts executions: it is a password.

## Example

```yaml
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
triggers:
  - id: hook
    type: io.kestra.plugin.core.trigger.Webhook
    key: hello
```

## Use instead

```yaml
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
triggers:
  - id: hook
    type: io.kestra.plugin.core.trigger.Webhook
    key: "{{ secret('WEBHOOK_KEY') }}"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from gitops.lint.finding import Finding, Severity
from gitops.lint.members import triggers
from gitops.lint.rule import option, rule
from gitops.lint.rule_entry import Profile
from gitops.lint.subject import Subject

LENGTH = option(__name__, "length", 16, "How many characters a key must have.")


@rule(severity=Severity.WARNING, since="0.2", profile=Profile.STRICT, about=("key",), options=(LENGTH,))
def weak_webhook_key(subject: Subject) -> Iterator[Finding]:
    """Every such key that is written down."""
    for trigger in triggers(subject, "io.kestra.plugin.core.trigger.Webhook"):
        key = trigger.data.get("key")
        if isinstance(key, str) and "{{" not in key and len(key) < subject.setting(LENGTH):
            yield subject.finding(
                (*trigger.path, "key"),
                "this key can be guessed",
                expected=f"at least {subject.setting(LENGTH)} characters, or `{{{{ secret('NAME') }}}}`",
                help="make one with `openssl rand -hex 16` and keep it as a secret",
            )
