"""How errors become answers: one table from the error tree to HTTP statuses."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from gitops.errors import (
    BadSignature,
    Conflict,
    Expired,
    GitFailed,
    GitopsError,
    InvalidInputs,
    InvalidSource,
    InvalidUsage,
    NotFound,
    ProviderError,
    StoreUnavailable,
    UnknownTaskRun,
)

_STATUSES: tuple[tuple[type[GitopsError], int], ...] = (
    (BadSignature, 401),
    (UnknownTaskRun, 422),
    (Expired, 410),
    (NotFound, 404),
    (Conflict, 409),
    (InvalidInputs, 422),
    (InvalidSource, 422),
    (InvalidUsage, 422),
    (GitFailed, 502),
    (ProviderError, 502),
    (StoreUnavailable, 503),
    (GitopsError, 500),
)

_SHORT = 80
_JSON = "application/json"
_NOT_FOUND, _NOT_ALLOWED = 404, 405


@dataclass(frozen=True, slots=True)
class Refusal:
    """An execution or a trigger that something cannot be done to, and why."""

    id: str
    message: str


class RefusedOtherwise(Conflict):
    """A conflict that is answered with another status than conflicts are."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.status = status


def conflicts_as(status: int) -> Any:  # noqa: ANN401 - what FastAPI takes as a dependency
    """A dependency of endpoints whose conflicts Kestra answers with this status."""

    async def translate() -> AsyncIterator[None]:
        try:
            yield
        except Conflict as error:
            raise RefusedOtherwise(str(error), status) from error

    return Depends(translate)


class SomeRefused(GitopsError):
    """Something cannot be done to each of several things. `done` of the `asked` were done nevertheless."""

    def __init__(self, refused: Sequence[Refusal], *, asked: int, done: int, things: str = "executions") -> None:
        what = "nothing was done" if done == 0 else f"it was done to {done}"
        first = f"{refused[0].id}: {refused[0].message}"
        super().__init__(f"{len(refused)} of {asked} {things} do not allow this, so {what}; {first}")
        self.refused = refused


def install(server: FastAPI) -> None:
    """Answer every error of ours, and every unusable request, as `{"message": …, "errors": […]}`."""
    server.add_exception_handler(GitopsError, _ours)
    server.add_exception_handler(SomeRefused, _some_refused)
    server.add_exception_handler(RequestValidationError, _unusable)
    server.add_exception_handler(HTTPException, _no_address)


def _ours(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, GitopsError)  # noqa: S101 - registered for this class only
    problems = error.problems if isinstance(error, InvalidInputs) else ()
    errors = [{"path": problem.id, "message": problem.message} for problem in problems]
    return JSONResponse({"message": str(error), **({"errors": errors} if errors else {})}, _status(error))


def _status(error: GitopsError) -> int:
    if isinstance(error, RefusedOtherwise):
        return error.status
    return next(status for kind, status in _STATUSES if isinstance(error, kind))


def _some_refused(_request: Request, error: Exception) -> JSONResponse:
    """The status that Kestra answers for a bulk that holds something invalid."""
    assert isinstance(error, SomeRefused)  # noqa: S101 - registered for this class only
    invalids = [{"id": refusal.id, "message": refusal.message} for refusal in error.refused]
    return JSONResponse({"message": str(error), "invalids": invalids}, 400)


def _no_address(request: Request, error: Exception) -> JSONResponse:
    """What is asked of an address that is not there, or in a way that it does not know."""
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for this class only
    message, path = str(error.detail), request.url.path
    if error.status_code == _NOT_FOUND:
        message = f"there is no address {path}; those that there are stand at /docs"
    elif error.status_code == _NOT_ALLOWED:
        allowed = (error.headers or {}).get("Allow", "another method")
        message = f"{path} does not take {request.method}; expected {allowed}"
    return JSONResponse({"message": message}, error.status_code, error.headers)


def _unusable(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for this class only
    errors = [{"path": ".".join(map(str, item["loc"])), "message": _words(item)} for item in error.errors()]
    message = "; ".join(f"{item['path']}: {item['message']}" for item in errors)
    return JSONResponse({"message": message + _advice(request, errors), "errors": errors}, 422)


def _words(item: Mapping[str, Any]) -> str:
    """What was expected, and what was found when that is short."""
    if item["type"] == "missing":
        return "expected a value, found none"
    found, words = item.get("input"), str(item["msg"]).replace("Input should be", "expected", 1)
    return f"{words}, found `{found}`" if isinstance(found, str) and len(found) <= _SHORT else words


def _advice(request: Request, errors: Sequence[Mapping[str, str]]) -> str:
    """What most likely went wrong with a body: clients call JSON a form unless they are told."""
    kind = request.headers.get("content-type", "none").partition(";")[0]
    if kind == _JSON or not any(item["path"].partition(".")[0] == "body" for item in errors):
        return ""
    return f"; the body is read as JSON only with the header `Content-Type: {_JSON}`, found {kind}"
