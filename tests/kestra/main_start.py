"""How the main execution of a case is started: as it is, by a form of the web API, by a webhook, by time alone."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from gitops.engine import clock
from gitops.engine.creation import Upload
from gitops.execution.state import Execution
from gitops.language.flow import Flow
from tests.kestra.case import CannotDoYet
from tests.kestra.service import Given
from tests.kestra.stage import Stage
from tests.kestra.values import given
from tests.kestra.web import Answer, Uploads, ask, place

_TRIGGERS = {"webhook", "schedule_date", "polling"}
_SOME_DAY = timedelta(days=1)


def start_main(stage: Stage, flow: Flow) -> Execution | None:
    """Start it; None for a flow that starts itself. Raises GitopsError or Refused."""
    trigger = stage.case.get("trigger") or {}
    if set(trigger) - _TRIGGERS:
        raise CannotDoYet(f"the start by {', '.join(trigger)} is not supported yet")
    if trigger.get("polling"):
        return None
    if "webhook" in trigger:
        return _call_webhook(stage, flow, trigger["webhook"])
    at = given(trigger["schedule_date"]) if "schedule_date" in trigger else _held(stage)
    return start(stage, flow, stage.case.get("inputs") or {}, stage.case.get("labels") or {}, at=at)


def start(
    stage: Stage, flow: Flow, inputs: Mapping[str, Any], labels: Mapping[str, str], *, at: datetime | None = None
) -> Execution:
    """Start an execution of a flow in the way of the case: raw, typed, or by the web API."""
    raw = stage.case.get("inputs_mode") == "raw"
    if not raw and "http" in (stage.case.get("needs") or ()):
        return _post(stage, flow, inputs, labels, at=at)
    if raw:
        return stage.service.create_raw(flow, Given(made_inputs(stage, inputs), {}, list(labels.items()), at))
    with _uploaded(stage, inputs) as (plain, uploads):
        return stage.service.create(flow, Given(plain, uploads, list(labels.items()), at))


def made_inputs(stage: Stage, inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Inputs with ids of executions put in and files put into internal storage."""
    made: dict[str, Any] = given(stage.named(inputs), lambda file: _keep(stage, file))
    return made


def read_only(stage: Stage, flow: Flow) -> Execution:
    """The execution that a start would make, with its inputs; raises InvalidInputs."""
    with _uploaded(stage, stage.case.get("inputs") or {}) as (plain, uploads):
        return stage.service.read(flow, Given(plain, uploads))


@contextmanager
def _uploaded(stage: Stage, inputs: Mapping[str, Any]) -> Iterator[tuple[dict[str, Any], dict[str, Upload]]]:
    """The inputs without the new files, and these as uploads; a file with an address is one that is there before."""
    named: Mapping[str, Any] = stage.named(inputs)
    new = {name: value["$file"] for name, value in named.items() if _is_new_file(value)}
    plain = {name: value for name, value in named.items() if name not in new}
    with tempfile.TemporaryDirectory() as folder:
        uploads = {}
        for number, (name, file) in enumerate(new.items()):
            path = Path(folder) / str(number)
            path.write_text(str(given(file.get("content", ""))))
            uploads[name] = Upload(path, file["name"], name)
        yield made_inputs(stage, plain), uploads


def _is_new_file(value: object) -> bool:
    return isinstance(value, Mapping) and "$file" in value and "uri" not in value["$file"]


def _keep(stage: Stage, file: Mapping[str, Any]) -> str:
    address = file.get("uri") or f"kestra:///conformance/{stage.case.name}/{file['name']}"
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "file"
        source.write_text(file["content"])
        return stage.service.app.storage.put(address.removeprefix("kestra:///"), source)


def _held(stage: Stage) -> datetime | None:
    """A far date for a case that wants to find its execution CREATED, which none is for long by itself."""
    actions = [one for one in stage.case.get("actions") or [] if not one.get("before_main")]
    return clock.now() + _SOME_DAY if actions and actions[0].get("state") == "CREATED" else None


def _post(
    stage: Stage, flow: Flow, inputs: Mapping[str, Any], labels: Mapping[str, str], *, at: datetime | None
) -> Execution:
    """Send the form that starts an execution."""
    query: dict[str, Any] = {"labels": [f"{key}:{value}" for key, value in labels.items()]}
    if at is not None:
        query["scheduleDate"] = at.isoformat()
    address = f"/executions/{flow.namespace}/{flow.id}"
    return _made(stage, ask(stage, "POST", address, query=query, files=form_of(stage, inputs) or None))


def form_of(stage: Stage, inputs: Mapping[str, Any]) -> dict[str, Uploads]:
    """The fields of a form for inputs; each file has the name of its input, as Kestra's clients send it."""
    form: dict[str, Uploads] = {}
    for name, value in stage.named(inputs).items():
        if isinstance(value, Mapping) and "$file" in value:
            content = str(given(value["$file"].get("content", "")))
            form[name] = (value["$file"]["name"], content.encode())
        elif value is not None:
            plain = given(value)
            form[name] = (None, (plain if isinstance(plain, str) else json.dumps(plain)).encode())
    return form


def _call_webhook(stage: Stage, flow: Flow, wanted: Mapping[str, Any]) -> Execution | None:
    body = json.dumps(wanted["body"]) if "body" in wanted else wanted.get("body_raw", "")
    answer = ask(
        stage,
        wanted.get("method", "POST"),
        f"/executions/webhook/{flow.namespace}/{flow.id}/{place(wanted['key'])}",
        query=wanted.get("query") or {},
        content=body.encode(),
        headers=wanted.get("headers") or {},
    )
    return _made(stage, answer) if answer.body else None


def _made(stage: Stage, answer: Answer) -> Execution:
    return stage.service.load(answer.body["id"])
