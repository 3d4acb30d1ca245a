"""One run of a seed, over a database that is emptied before."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from gitops.store.database import Database
from gitops.store.migrations.upgrade import upgrade
from gitops.store.tables import metadata
from tests.simulation.world import World


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a seed: the story up to its end, and what did not hold, if anything."""

    seed: int
    story: list[str]
    problem: Exception | None


class Simulator:
    """Runs seeds one after the other."""

    def __init__(self, database: Database, folder: Path) -> None:
        self._database = database
        self._folder = folder

    def run(self, seed: int) -> Outcome:
        """Live through one world."""
        self._empty()
        world = World(seed, self._database, self._folder)
        problem: Exception | None = None
        with world.rules():
            try:
                world.live()
            except Exception as error:  # noqa: BLE001 - whatever it is, the seed must be told
                problem = error
        return Outcome(seed, world.story, problem)

    def _empty(self) -> None:
        with self._database.write() as connection:
            for table in reversed(metadata.sorted_tables):
                connection.execute(table.delete())


@contextmanager
def simulator(folder: Path) -> Iterator[Simulator]:
    """A simulator with a database in `folder`."""
    database = Database(f"sqlite:///{folder / 'gitops.db'}")
    try:
        upgrade(database)
        yield Simulator(database, folder)
    finally:
        database.close()
