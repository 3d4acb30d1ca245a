"""The address that webhook triggers are called at; whoever knows the key of one may call it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, PlainTextResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from gitops.app import App
from gitops.engine.triggers.webhook_call import Part, WebhookCall
from gitops.engine.triggers.webhook_calls import Called
from gitops.errors import NotFound
from gitops.execution.state import Execution, State
from gitops.language.expression.values import text
from gitops.server.api.parts import AppPart
from gitops.server.shapes.execution import ExecutionShape, execution_shape
from gitops.server.waiting import until_done
from gitops.sync.push_commit import commit_of

router = APIRouter(prefix="/executions/webhook", tags=["webhooks"])

_METHODS = ("GET", "POST", "PUT")
_MULTIPART = "multipart/form-data"
_OK, _NOTHING, _FAILED = 200, 204, 500


async def call_webhook(app: AppPart, request: Request, namespace: str, flow_id: str, key: str) -> Response:
    """Call a webhook trigger. A push of a watched repository hands its commit on.

    The answer is the execution; nothing when the trigger's conditions do not hold; or what the trigger says.
    """
    with TemporaryDirectory(prefix="gitops-webhook-") as folder:
        call = await _read(request, Path(folder))

        def make() -> Called:
            commit = commit_of(call.body, app.repositories.values(), app.store)
            return app.engine.triggers.webhooks.call(namespace, flow_id, key, call=call, commit=commit)

        called = await run_in_threadpool(make)
    awaited = called.execution if called.view.trigger.wait else None
    ended = None if awaited is None else await until_done(app, awaited.id)
    return await run_in_threadpool(_answer, app, called, ended)


for _method in _METHODS:
    router.add_api_route("/{namespace}/{flow_id}/{key}", call_webhook, methods=[_method], response_model=ExecutionShape)


@router.api_route("/{namespace}/{flow_id}/{key}/{rest:path}", methods=[*_METHODS], include_in_schema=False)
def call_below() -> Response:
    """Nothing lies below the address of a trigger."""
    raise NotFound("there is no webhook trigger with this key")


async def _read(request: Request, folder: Path) -> WebhookCall:
    """The call; the files of a form are put into the folder."""
    headers = {name: request.headers.getlist(name) for name in request.headers}
    parameters = {name: request.query_params.getlist(name) for name in request.query_params}
    if request.headers.get("content-type", "").partition(";")[0].strip() != _MULTIPART:
        return WebhookCall(await request.body(), headers, parameters)
    parts: list[Part] = []
    fields: dict[str, list[str]] = {}
    async with request.form() as form:
        for name, value in form.multi_items():
            if isinstance(value, UploadFile):
                parts.append(await run_in_threadpool(_kept, name, value, folder / str(len(parts))))
            else:
                fields.setdefault(name, []).append(value)
    return WebhookCall(headers=headers, parameters=parameters, parts=parts, fields=fields)


def _kept(name: str, upload: UploadFile, target: Path) -> Part:
    with target.open("wb") as file:
        shutil.copyfileobj(upload.file, file)
    return Part(name, upload.filename or "", upload.content_type, target)


def _answer(app: App, called: Called, ended: Execution | None) -> Response:
    """The answer of a call; `ended` is its execution when the trigger waits for that."""
    trigger, execution = called.view.trigger, called.execution
    if execution is None:
        return Response(status_code=_NOTHING)
    if ended is None:
        code = app.engine.triggers.webhooks.response_code(called, None)
        return JSONResponse(_document(execution), code or _OK)
    code = app.engine.triggers.webhooks.response_code(called, ended)
    failed = ended.state in (State.FAILED, State.KILLED, State.CANCELLED)
    status = code or (_FAILED if failed else _OK)
    if not trigger.return_outputs:
        return JSONResponse(_document(ended), status)
    outputs = dict(ended.outputs or {})
    if trigger.response_content_type == "text/plain":
        return PlainTextResponse(_plain(outputs), status)
    return Response(json.dumps(outputs, default=str), status, media_type="application/json")


def _plain(outputs: dict[str, object]) -> str:
    """A single output as its own text; several as JSON."""
    return text(next(iter(outputs.values()))) if len(outputs) == 1 else json.dumps(outputs, default=str)


def _document(execution: Execution) -> object:
    return execution_shape(execution).model_dump(mode="json", by_alias=True, exclude_none=True)
