"""The task types that run scripts."""

from __future__ import annotations

from gitops.language.task import Task
from gitops.tasks.scripts.python.commands import Commands as PythonCommands
from gitops.tasks.scripts.python.script import Script as PythonScript
from gitops.tasks.scripts.shell.commands import Commands as ShellCommands
from gitops.tasks.scripts.shell.script import Script as ShellScript

SCRIPT_TASKS: tuple[type[Task], ...] = (PythonCommands, PythonScript, ShellCommands, ShellScript)
