"""What every Python task has: the variables that make Python print at once and pip stay quiet."""

from __future__ import annotations

from gitops.tasks.scripts.script_task import ScriptTask


class PythonTask(ScriptTask):
    """A script task whose commands run Python."""

    def environment(self) -> dict[str, str]:
        """Output without buffering, and a quiet pip."""
        return {
            "PYTHONUNBUFFERED": "true",
            "PIP_ROOT_USER_ACTION": "ignore",
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        }
