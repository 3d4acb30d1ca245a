"""A run case: flows are deployed, one is started, actions follow, and the executions are compared with the case."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from gitops.engine import clock
from gitops.errors import GitopsError
from gitops.language.flow import Flow
from tests.kestra.actions import perform
from tests.kestra.case import Case
from tests.kestra.cleaning import clear
from tests.kestra.execution_checks import check_all, check_execution
from tests.kestra.given_facts import environment, give_facts, service_for
from tests.kestra.inputs_checks import check_inputs, check_rejected
from tests.kestra.internet import stand_in
from tests.kestra.main_start import read_only, start_main
from tests.kestra.service import Service
from tests.kestra.stage import Stage
from tests.kestra.web import Refused

_GRACE_SECONDS = 15.0


def check_run(case: Case, shared: Service) -> None:
    """Play the case in a thread, so that one that hangs fails and lets the next one begin."""
    with service_for(case, shared) as service, environment(case.get("env") or {}), _internet(case) as internet:
        stage = Stage(case, service, clock.now(), internet)
        pool = ThreadPoolExecutor(1, thread_name_prefix=case.name)
        playing = pool.submit(_play, stage)
        try:
            playing.result(stage.seconds_left() + _GRACE_SECONDS)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
            clear(service, stage.since)


def _internet(case: Case) -> AbstractContextManager[str | None]:
    return stand_in() if "internet" in (case.get("needs") or ()) else nullcontext()


def _play(stage: Stage) -> None:
    case = stage.case
    give_facts(stage)
    flow = stage.service.deployed[stage.deploy(case.source())]
    for source in (*map(case.read, case.get("also") or ()), *(case.get("also_inline") or ())):
        stage.deploy(source)
    if case.get("start") == "read_inputs_only":
        _read_inputs(stage, flow)
        return
    _perform(stage, before_main=True)
    try:
        stage.main = start_main(stage, flow)
    except (GitopsError, Refused) as error:
        check_rejected(case.expect, error)
        return
    _check_started(stage)
    _perform(stage, before_main=False)
    expect = {name: item for name, item in case.expect.items() if name not in _OF_START}
    if stage.main is None:
        check_all(stage, expect)
    else:
        check_execution(stage, stage.at_end(), expect)


def _perform(stage: Stage, *, before_main: bool) -> None:
    actions: list[Any] = stage.case.get("actions") or []
    for action in actions:
        if bool(action.get("before_main")) is before_main:
            perform(stage, action)


_OF_START = {"rejected", "http_status", "execution_created"}


def _check_started(stage: Stage) -> None:
    expect = stage.case.expect
    assert not expect.get("rejected"), "expected that the execution is refused, but it was started"
    wanted = expect.get("http_status")
    assert wanted in (None, stage.status), f"expected the status {wanted}, found {stage.status}"
    if "execution_created" in expect:
        found = bool(stage.service.created_since(stage.since))
        assert found is expect["execution_created"], f"expected execution_created {not found}, found {found}"


def _read_inputs(stage: Stage, flow: Flow) -> None:
    """Only read the inputs, as a start would."""
    try:
        stage.main = read_only(stage, flow)
    except GitopsError as error:
        check_rejected(stage.case.expect, error)
        return
    stage.gone[stage.main.id] = stage.main
    check_inputs(stage.named(stage.case.expect), stage.main.inputs)
