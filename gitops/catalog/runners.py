"""The task runner types."""

from __future__ import annotations

from gitops.tasks.scripts.runners.process import Process
from gitops.tasks.scripts.runners.runner import TaskRunner

RUNNERS: tuple[type[TaskRunner], ...] = (Process,)
