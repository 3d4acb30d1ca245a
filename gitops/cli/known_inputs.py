"""Inputs that a command gives to a service: an id that nothing asks for is a mistake, though services pass over it."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping
from typing import Any

from gitops.cli.client import Client
from gitops.cli.given_inputs import read_pairs, refuse_unknown

_AT_PAUSES = ("resume", "review")


def check_inputs_of_flow(
    client: Client, namespace: str, flow_id: str, *, revision: int | None, inputs: Iterable[str]
) -> None:
    """Raise InvalidUsage for an input that the flow does not have."""
    given = read_pairs(inputs)
    if given:
        flow = client.get(f"/flows/{namespace}/{flow_id}", revision=revision)
        refuse_unknown(given, _ids(flow["inputs"]))


def check_inputs(client: Client, execution_id: str, arguments: argparse.Namespace) -> None:
    """Raise InvalidUsage for an input that the verb's execution does not ask for; nothing is checked without any."""
    given = read_pairs(getattr(arguments, "input", ()))
    if not given:
        return
    if arguments.verb in _AT_PAUSES:
        _check_pause(client, execution_id, arguments.task_run, given)
        return
    execution = client.get(f"/executions/{execution_id}", taskRuns="false")
    check_inputs_of_flow(
        client,
        execution["namespace"],
        execution["flowId"],
        revision=arguments.revision or execution["flowRevision"],
        inputs=arguments.input,
    )


def _check_pause(client: Client, execution_id: str, task_run_id: str | None, given: Mapping[str, str]) -> None:
    """Compare with what the pause asks for that is meant: the named one, or the first."""
    pauses = client.get(f"/executions/{execution_id}/pauses")
    pause = next((each for each in pauses if task_run_id in (None, each["taskRunId"])), None)
    if pause is not None:
        refuse_unknown(given, _ids(pause["inputs"]))


def _ids(inputs: Iterable[Mapping[str, Any]]) -> list[str]:
    return [declared["id"] for declared in inputs]
