"""A sample to begin with: a bare repository made from a folder of flows, watched, deployed, and one flow run."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from gitops.app import App
from gitops.errors import GitopsError
from gitops.git.seed import seed
from gitops.settings import RepositorySettings, Settings

NAME = "sample"
_FIRST_FLOW = "hello_world"
_POLL_SECONDS = 5.0
_WAIT_SECONDS = 30.0
_SHORT = 7

# The hook wakes the service and shows the result of the push in the pusher's own terminal.
_HOOK = """#!/bin/sh
exec "{python}" -m gitops sync {name} --server "{server}"
"""


@dataclass(frozen=True, slots=True)
class Sample:
    """The settings with the sample repository in them, and where that is."""

    settings: Settings
    repository: Path

    def story(self, app: App) -> str:
        """What happened and what to try next, for a person to read."""
        try:
            return "\n".join((self._deployed(app), *self._ran(app), self._next()))
        except GitopsError as error:
            return f"  the sample could not be deployed: {error}"

    def _deployed(self, app: App) -> str:
        commit = app.watcher.sync(NAME)
        return f"  pushed    {self.repository} @ {commit.sha[:_SHORT]}: {commit.description}"

    def _ran(self, app: App) -> list[str]:
        with app.store.database.read() as connection:
            flows = app.store.flows.search(connection, query=_FIRST_FLOW, page=1, size=1).results
        if not flows:
            return []
        first = flows[0]
        execution = app.engine.create(first.namespace, first.flow_id)
        ended = app.engine.wait(execution.id, _WAIT_SECONDS)
        page = f"{app.settings.public_url}/ui/main/executions/{first.namespace}/{first.flow_id}/{execution.id}"
        return [f"  ran       {first.namespace}.{first.flow_id}: {ended.state}  {page}"]

    def _next(self) -> str:
        command = Path(sys.executable).with_name("gitops")
        return f"""
Try next, in another terminal:
  git clone {self.repository} my-flows && cd my-flows
  1. edit and push   sed -i 's/Hello/Good morning/' company/team/hello_world.yml && git commit -qam "Greet" && git push
  2. break and push  sed -i 's/message:/mesage:/' company/team/hello_world.yml && git commit -qam "Oops" && git push
  3. run a flow      {command} run company/team/python_report.yml
"""


def with_sample(settings: Settings, folder: Path) -> Sample:
    """Make the sample repository in the data folder, unless it is there, and watch it."""
    repository = (settings.data / f"{NAME}.git").resolve()
    hook = _HOOK.format(python=sys.executable, name=NAME, server=settings.public_url)
    seed(folder, repository, message="Add the sample flows", hooks={"post-receive": hook})
    watched = RepositorySettings(name=NAME, url=str(repository), interval=_POLL_SECONDS)
    others = tuple(item for item in settings.repositories if item.name != NAME)
    return Sample(settings.model_copy(update={"repositories": (*others, watched)}), repository)
