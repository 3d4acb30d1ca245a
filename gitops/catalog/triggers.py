"""The trigger types."""

from __future__ import annotations

from gitops.language.trigger import Trigger
from gitops.triggers.batch_webhook import BatchWebhook
from gitops.triggers.flow import Flow
from gitops.triggers.http import Trigger as HttpTrigger
from gitops.triggers.mcp_tool_trigger import McpToolTrigger
from gitops.triggers.schedule import Schedule
from gitops.triggers.schedule_on_dates import ScheduleOnDates
from gitops.triggers.webhook import Webhook

TRIGGERS: tuple[type[Trigger], ...] = (
    BatchWebhook,
    Flow,
    HttpTrigger,
    McpToolTrigger,
    Schedule,
    ScheduleOnDates,
    Webhook,
)
