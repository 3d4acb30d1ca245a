"""The trigger types."""

from __future__ import annotations

from gitops.language.trigger import Trigger
from gitops.triggers.batch_webhook import BatchWebhook
from gitops.triggers.flow import Flow
from gitops.triggers.http import Trigger as HttpTrigger
from gitops.triggers.mcp_tool_trigger import McpToolTrigger
from gitops.triggers.schedule import Schedule
from gitops.triggers.schedule_on_dates import ScheduleOnDates
from gitops.triggers.scripts.go.commands_trigger import CommandsTrigger as GoCommandsTrigger
from gitops.triggers.scripts.go.script_trigger import ScriptTrigger as GoScriptTrigger
from gitops.triggers.scripts.node.commands_trigger import CommandsTrigger as NodeCommandsTrigger
from gitops.triggers.scripts.node.script_trigger import ScriptTrigger as NodeScriptTrigger
from gitops.triggers.scripts.python.commands_trigger import CommandsTrigger as PythonCommandsTrigger
from gitops.triggers.scripts.python.script_trigger import ScriptTrigger as PythonScriptTrigger
from gitops.triggers.scripts.ruby.commands_trigger import CommandsTrigger as RubyCommandsTrigger
from gitops.triggers.scripts.ruby.script_trigger import ScriptTrigger as RubyScriptTrigger
from gitops.triggers.scripts.shell.commands_trigger import CommandsTrigger as ShellCommandsTrigger
from gitops.triggers.scripts.shell.script_trigger import ScriptTrigger as ShellScriptTrigger
from gitops.triggers.webhook import Webhook

TRIGGERS: tuple[type[Trigger], ...] = (
    BatchWebhook,
    Flow,
    HttpTrigger,
    McpToolTrigger,
    Schedule,
    ScheduleOnDates,
    Webhook,
    GoCommandsTrigger,
    GoScriptTrigger,
    NodeCommandsTrigger,
    NodeScriptTrigger,
    PythonCommandsTrigger,
    PythonScriptTrigger,
    RubyCommandsTrigger,
    RubyScriptTrigger,
    ShellCommandsTrigger,
    ShellScriptTrigger,
)
