"""The task cache: a task that is asked for the same things again is not run, and its outputs are handed out."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

import pytest

from gitops.engine import clock
from gitops.execution.state import Execution, State
from tests.engine.workshop import Workshop, open_workshop

_CACHED = "Not run: the outputs of "


def _flow(cache: str = "enabled: true", body: str = 'format: "{{ inputs.name }} {{ uuid() }}"', id_: str = "f") -> str:
    return f"""
    id: {id_}
    namespace: company.team
    inputs:
      - id: name
        type: STRING
        defaults: Ada
    variables:
      code: 0
    tasks:
      - id: work
        type: io.kestra.plugin.core.debug.Return
        {body}
        taskCache:
          {cache}
    """


def _script(cache: str, code: str = "0", extra: str = "") -> str:
    return f"""
    id: script
    namespace: company.team
    inputs:
      - id: name
        type: STRING
        defaults: Ada
    tasks:
      - id: work
        type: io.kestra.plugin.scripts.shell.Commands
        {extra}
        env:
          NAME: "{{{{ inputs.name }}}}"
        commands:
          - echo "::{{\\"outputs\\":{{\\"made\\":\\"$$\\"}}}}::"
          - exit {code}
        taskCache:
          {cache}
    """


def _made(execution: Execution) -> object:
    """What the task made; every real run makes something else."""
    (run,) = execution.in_order()
    outputs = run.outputs or {}
    variables = outputs.get("vars")
    return variables.get("made") if isinstance(variables, dict) else outputs.get("value")


def _was_cached(workshop: Workshop, execution: Execution) -> bool:
    return any(message.startswith(_CACHED) for message in workshop.messages(execution))


def test_the_same_is_not_done_twice(workshop: Workshop) -> None:
    first = workshop.run(_script("enabled: true"))
    second = workshop.run(_script("enabled: true"))
    assert _made(first) is not None
    assert _made(first) == _made(second)
    assert [_was_cached(workshop, each) for each in (first, second)] == [False, True]
    assert second.state is State.SUCCESS


def test_what_is_said_about_a_task_does_not_matter(workshop: Workshop) -> None:
    first = workshop.run(_script("enabled: true"))
    second = workshop.run(_script("enabled: true\n          ttl: PT1H", extra="description: the same work"))
    assert _made(first) == _made(second)


@pytest.mark.parametrize("cache", ["enabled: false", "enabled: true\n          ttl: PT0S"])
def test_without_a_cache_everything_is_done_again(workshop: Workshop, cache: str) -> None:
    assert _made(workshop.run(_script(cache))) != _made(workshop.run(_script(cache)))


def test_other_properties_are_other_work(workshop: Workshop) -> None:
    ada = _made(workshop.run(_script("enabled: true")))
    grace = _made(workshop.run(_script("enabled: true"), {"name": "Grace"}))
    again = _made(workshop.run(_script("enabled: true"), {"name": "Ada"}))
    assert ada == again != grace


def test_another_flow_is_other_work(workshop: Workshop) -> None:
    first, second = (workshop.run(_flow(body="format: text", id_=id_)) for id_ in ("a", "b"))
    assert not _was_cached(workshop, second)
    assert _was_cached(workshop, workshop.run(_flow(body="format: text", id_="a")))
    assert _made(first) == _made(second) == "text"


def test_what_a_task_renders_itself_counts_as_rendered(workshop: Workshop) -> None:
    body = 'format: "{{ inputs.name }}"'
    assert _made(workshop.run(_flow(body=body))) == "Ada"
    assert _made(workshop.run(_flow(body=body), {"name": "Grace"})) == "Grace"
    assert _was_cached(workshop, workshop.run(_flow(body=body)))
    assert not _was_cached(workshop, workshop.run(_flow()))
    assert not _was_cached(workshop, workshop.run(_flow()))


def test_a_failure_is_not_kept(workshop: Workshop) -> None:
    first, second = (workshop.run(_script("enabled: true", code="1")) for _ in range(2))
    assert (first.state, second.state) == (State.FAILED, State.FAILED)
    assert not _was_cached(workshop, second)


def test_results_are_good_for_their_time_and_survive_the_service(tmp_path: Path) -> None:
    flow = _script("enabled: true\n          ttl: PT1H")
    with open_workshop(tmp_path) as workshop:
        first = _made(workshop.run(flow))
    with open_workshop(tmp_path) as workshop:
        assert _made(workshop.run(flow)) == first
        later = clock.now() + timedelta(hours=1, seconds=1)
        with patch("gitops.engine.attempts.result_cache.clock.now", lambda: later):
            assert _made(workshop.run(flow)) != first
