"""The trigger types: where the class of each name is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

TRIGGERS: Final[Mapping[str, str]] = {
    "io.kestra.plugin.core.trigger.BatchWebhook": "gitops.triggers.batch_webhook:BatchWebhook",
    "io.kestra.plugin.core.trigger.Flow": "gitops.triggers.flow:Flow",
    "io.kestra.plugin.core.http.Trigger": "gitops.triggers.http:Trigger",
    "io.kestra.plugin.core.trigger.McpToolTrigger": "gitops.triggers.mcp_tool_trigger:McpToolTrigger",
    "io.kestra.plugin.core.trigger.Schedule": "gitops.triggers.schedule:Schedule",
    "io.kestra.plugin.core.trigger.ScheduleOnDates": "gitops.triggers.schedule_on_dates:ScheduleOnDates",
    "io.kestra.plugin.core.trigger.Webhook": "gitops.triggers.webhook:Webhook",
    "io.kestra.plugin.scripts.go.CommandsTrigger": "gitops.triggers.scripts.go.commands_trigger:CommandsTrigger",
    "io.kestra.plugin.scripts.go.ScriptTrigger": "gitops.triggers.scripts.go.script_trigger:ScriptTrigger",
    "io.kestra.plugin.scripts.node.CommandsTrigger": "gitops.triggers.scripts.node.commands_trigger:CommandsTrigger",
    "io.kestra.plugin.scripts.node.ScriptTrigger": "gitops.triggers.scripts.node.script_trigger:ScriptTrigger",
    "io.kestra.plugin.scripts.python.CommandsTrigger": "gitops.triggers.scripts.python.commands_trigger:CommandsTrigger",
    "io.kestra.plugin.scripts.python.ScriptTrigger": "gitops.triggers.scripts.python.script_trigger:ScriptTrigger",
    "io.kestra.plugin.scripts.ruby.CommandsTrigger": "gitops.triggers.scripts.ruby.commands_trigger:CommandsTrigger",
    "io.kestra.plugin.scripts.ruby.ScriptTrigger": "gitops.triggers.scripts.ruby.script_trigger:ScriptTrigger",
    "io.kestra.plugin.scripts.shell.CommandsTrigger": "gitops.triggers.scripts.shell.commands_trigger:CommandsTrigger",
    "io.kestra.plugin.scripts.shell.ScriptTrigger": "gitops.triggers.scripts.shell.script_trigger:ScriptTrigger",
}
