"""What creates executions of a flow: its triggers, the times of its schedules, and the keys of its webhooks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from gitops.language.position import Path
from gitops.lint.facts.fixed import fixed

if TYPE_CHECKING:
    from gitops.lint.subject import Subject

_SCHEDULE = "io.kestra.plugin.core.trigger.Schedule"
_WEBHOOKS = ("io.kestra.plugin.core.trigger.Webhook", "io.kestra.plugin.core.trigger.BatchWebhook")


class TriggerFact(NamedTuple):
    """A trigger that has an id; its type is today's name.

    A Schedule has `cron` and `timezone` as they are written, when no expression decides them. A webhook has a
    `digest`, which tells the keys of one flow apart without telling a key; "" when an expression gives the key.
    """

    id: str
    type: str | None
    path: Path
    cron: str | None = None
    timezone: str | None = None
    digest: str | None = None


def trigger_facts(subject: Subject) -> Iterator[TriggerFact]:
    """The triggers that have an id."""
    for trigger in subject.outline.triggers:
        data = subject.at(trigger.path)
        if trigger.id is not None and isinstance(data, dict):
            kind = None if trigger.type is None else subject.kinds.today(trigger.type)
            found = TriggerFact(trigger.id, kind, trigger.path)
            if kind == _SCHEDULE:
                found = found._replace(cron=fixed(data.get("cron")), timezone=fixed(data.get("timezone")))
            elif kind in _WEBHOOKS:
                found = found._replace(digest=_digest(subject, fixed(data.get("key"))))
            yield found


def _digest(subject: Subject, key: str | None) -> str:
    if key is None:
        return ""
    import hashlib  # where it is needed: it loads a large library

    flow = ".".join(subject.flow or ())
    return hashlib.sha256(f"{flow}\0{key.strip()}".encode()).hexdigest()[:16]
