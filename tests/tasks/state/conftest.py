"""What the tests of the group share: a real key-value store, and a flow that the task belongs to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from unittest.mock import Mock

import pytest

from gitops.engine.services.key_values import StoredKeyValues
from gitops.engine.services.place import Place, World
from gitops.storage.storage import Storage
from gitops.store.store import Store
from tests.tasks.recording_context import RecordingContext


@pytest.fixture
def pairs(tmp_path: Path) -> Iterator[StoredKeyValues]:
    """The pairs as an execution of the flow company.team.My_Flow sees them."""
    store = Store.open(f"sqlite:///{tmp_path / 'gitops.db'}")
    world = Mock(spec=World, store=store, storage=Storage(str(tmp_path / "storage")))
    yield StoredKeyValues(Place(world, "company.team", "My_Flow", "execution"))
    store.close()


@pytest.fixture
def context(tmp_path: Path, pairs: StoredKeyValues) -> RecordingContext:
    """The context of a task in a loop, at the value `a`."""
    variables = {"flow": {"id": "My_Flow", "namespace": "company.team"}, "taskrun": {"value": "a"}}
    return RecordingContext(tmp_path / "work", variables=variables, services=Mock(key_values=pairs))
