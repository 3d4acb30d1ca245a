"""The trigger types."""

from __future__ import annotations

from gitops.language.trigger import Trigger
from gitops.triggers.schedule import Schedule
from gitops.triggers.webhook import Webhook

TRIGGERS: tuple[type[Trigger], ...] = (Schedule, Webhook)
