"""The task types that steer executions and talk: flow, execution, log, debug, output, templating, metric, trigger."""

from __future__ import annotations

from gitops.language.task import Task
from gitops.tasks.debug.return_ import Return
from gitops.tasks.execution.fail import Fail
from gitops.tasks.flow.sequential import Sequential
from gitops.tasks.log.log import Log

CONTROL_TASKS: tuple[type[Task], ...] = (Return, Fail, Sequential, Log)
