"""A run case: flows are deployed, one is started, actions follow, and the executions are compared with the case."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from gitops.engine import clock
from gitops.engine.cipher import Cipher, sealed
from gitops.engine.functions import world
from gitops.engine.webhook_call import WebhookCall
from gitops.errors import ExpressionError, GitopsError, InvalidInputs
from gitops.execution.state import Execution
from gitops.language.expression.template import render
from gitops.language.flow import Flow
from gitops.language.inputs.resolve import resolve_inputs
from tests.kestra.actions import perform
from tests.kestra.case import CannotDoYet, Case
from tests.kestra.execution_checks import check_execution
from tests.kestra.inputs_checks import check_inputs, check_rejected
from tests.kestra.service import KEY, Service
from tests.kestra.stage import Stage
from tests.kestra.values import given

_KESTRA_ENVIRONMENT = "KESTRA_"
_OUR_ENVIRONMENT = "ENV_"
_GRACE_SECONDS = 15.0


def check_run(case: Case, service: Service) -> None:
    """Play the case in a thread, so that one that hangs fails and lets the next one begin."""
    case.refuse("kv", "namespace_files", "templates", "config")
    stage = Stage(case, service, clock.now())
    with _environment(case.get("env") or {}):
        pool = ThreadPoolExecutor(1, thread_name_prefix=case.name)
        playing = pool.submit(_play, stage)
        try:
            playing.result(stage.seconds_left() + _GRACE_SECONDS)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
            service.clear(stage.since)


def _play(stage: Stage) -> None:
    case, service = stage.case, stage.service
    service.globals.update(case.get("globals") or {})
    flow = service.deploy(case.source())
    for source in (*map(case.read, case.get("also") or ()), *(case.get("also_inline") or ())):
        service.deploy(source)
    if case.get("start") == "read_inputs_only":
        _read_inputs(case, flow, stage)
        return
    actions = case.get("actions") or []
    for action in (one for one in actions if one.get("before_main")):
        perform(stage, action)
    try:
        stage.main = _start(stage, flow)
    except GitopsError as error:
        check_rejected(case.expect, error)
        return
    assert not case.expect.get("rejected"), "expected that the execution is refused, but it was started"
    for action in (one for one in actions if not one.get("before_main")):
        perform(stage, action)
    check_execution(stage, stage.at_end(), case.expect)


def _start(stage: Stage, flow: Flow) -> Execution:
    case, service = stage.case, stage.service
    labels = list((case.get("labels") or {}).items())
    if case.get("trigger"):
        return _call_webhook(service, flow, case.facts["trigger"])
    inputs = _inputs(stage)
    create = service.create_raw if case.get("inputs_mode") == "raw" else service.create
    return create(flow, inputs, labels)


def _call_webhook(service: Service, flow: Flow, trigger: Mapping[str, Any]) -> Execution:
    if "webhook" not in trigger:
        raise CannotDoYet(f"the start by {', '.join(trigger)} is not supported yet")
    wanted = trigger["webhook"]
    written = json.dumps(wanted["body"]) if "body" in wanted else wanted.get("body_raw", "")
    call = WebhookCall(written.encode(), wanted.get("headers") or {}, wanted.get("query") or {})
    return service.engine.call_webhook(flow.namespace, flow.id, wanted["key"], call=call)


def _read_inputs(case: Case, flow: Flow, stage: Stage) -> None:
    """Only read the inputs, as a start would."""
    functions = world(lambda _secret: None)
    try:
        read = resolve_inputs(
            flow.inputs,
            _inputs(stage),
            lambda value, more: render(value, more, functions, typed=True),
            encrypt=lambda text: sealed(text, Cipher(KEY)),
        )
    except (InvalidInputs, ExpressionError) as error:
        check_rejected(case.expect, error)
    else:
        check_inputs(case.expect, read)


def _inputs(stage: Stage) -> dict[str, Any]:
    """The inputs of the case, with ids of executions put in and files put into internal storage."""

    def keep(file: Mapping[str, Any]) -> str:
        address = file.get("uri") or f"kestra:///conformance/{stage.case.name}/{file['name']}"
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder) / "file"
            source.write_text(file["content"])
            return stage.service.storage.put(address.removeprefix("kestra:///"), source)

    made: dict[str, Any] = given(stage.named(stage.case.get("inputs") or {}), keep)
    return made


@contextmanager
def _environment(variables: Mapping[str, str]) -> Iterator[None]:
    """Have variables in the environment; what expressions may see begins with another prefix here than in Kestra."""
    ours = {_our_name(name): value for name, value in variables.items()}
    before = {name: os.environ.get(name) for name in ours}
    os.environ.update(ours)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _our_name(name: str) -> str:
    kestra = name.startswith(_KESTRA_ENVIRONMENT)
    return _OUR_ENVIRONMENT + name.removeprefix(_KESTRA_ENVIRONMENT) if kestra else name
