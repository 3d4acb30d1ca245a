"""The key of a webhook has changed.

## What it does

Finds a Webhook or BatchWebhook trigger whose key is another text than at the base revision. Keys that an
expression gives are not compared.

## Why it matters

The key is a part of the webhook's address: everybody who calls the old one gets `404 Not Found`.

## Example

```yaml
# was: key: first-long-random-key
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
triggers:
  - id: called
    type: io.kestra.plugin.core.trigger.Webhook
    key: second-long-random-key
```

## Use instead

```yaml
# a second address, until nobody calls the first one any more
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
triggers:
  - id: called
    type: io.kestra.plugin.core.trigger.Webhook
    key: first-long-random-key
  - id: called_anew
    type: io.kestra.plugin.core.trigger.Webhook
    key: second-long-random-key
```
"""

from __future__ import annotations

from collections.abc import Iterator

from gitops.language.quoting import quote
from gitops.lint.finding import Finding, Severity
from gitops.lint.repository import Repository
from gitops.lint.revisions import changed_flows
from gitops.lint.rule import repository_rule


@repository_rule(severity=Severity.WARNING, since="0.2", about=("changed",))
def webhook_key_changed(repository: Repository) -> Iterator[Finding]:
    """Every webhook with another key, unless another trigger of the flow still has the old one."""
    for file, former in changed_flows(repository):
        before = {each.id: each.digest for each in former.facts.triggers}
        kept = {each.digest for each in file.facts.triggers}
        for webhook in file.facts.triggers:
            old = before.get(webhook.id)
            if old and webhook.digest and old not in kept:
                yield file.finding(
                    (*webhook.path, "key"),
                    f"the key of the webhook {quote(webhook.id)} has changed, and with it the address",
                    help="keep the old key in a second trigger until nobody calls that address any more",
                )
