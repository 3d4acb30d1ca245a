"""The task types that move data: http, kv, namespace, state, storage."""

from __future__ import annotations

from gitops.language.task import Task
from gitops.tasks.http.request import Request

DATA_TASKS: tuple[type[Task], ...] = (Request,)
