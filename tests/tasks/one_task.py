"""A task read the way a deployed flow is read, and the words with which a wrong one is refused."""

from __future__ import annotations

import pytest

from gitops.catalog.catalogue import catalogue
from gitops.errors import InvalidSource
from gitops.language.flow import read_flow
from gitops.language.task import Task

FIRST = "tasks[0]."


def read_task(kind: str, **properties: object) -> Task:
    """The only task of a flow, of the type `kind`; `from_` stands for the property `from`."""
    task = {"id": "t", "type": kind, **{name.rstrip("_"): value for name, value in properties.items()}}
    return read_flow({"id": "flow", "namespace": "company.team", "tasks": [task]}, catalogue()).tasks[0]


def refusal(kind: str, **properties: object) -> str:
    """What is wrong with the task, as `path: reason` lines; paths begin at the task."""
    with pytest.raises(InvalidSource) as refused:
        read_task(kind, **properties)
    return "\n".join(line.removeprefix(FIRST) for line in str(refused.value).splitlines())


def shown(value: object) -> str:
    """A value in the name of a test; sets in one order, because all test processes must agree on the names."""
    return str(sorted(value)) if isinstance(value, set | frozenset) else str(value)
