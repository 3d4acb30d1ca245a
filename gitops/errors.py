"""The error tree: every exception that gitops raises on purpose, in one place.

A class's docstring is its default message. Nothing else may live here.
"""

from __future__ import annotations

from typing import NamedTuple


class GitopsError(Exception):
    """Something went wrong."""

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or _docstring(type(self)))


class InvalidUsage(GitopsError):
    """The command line is not usable as given."""


class InvalidSettings(GitopsError):
    """The settings are not usable as given."""


class NotFound(GitopsError):
    """There is no such thing."""


class UnknownTaskRun(NotFound):
    """The execution has no such task run."""


class Expired(NotFound):
    """Its time is over."""


class Conflict(GitopsError):
    """The state of things does not allow this now."""


class InvalidSource(GitopsError):
    """The source is not a valid flow."""


class IllegalMove(GitopsError):
    """The state machine was asked for a move that is not in its table."""


class InputProblem(NamedTuple):
    """One input that was refused: its id, the reason, and how the value was given."""

    id: str
    message: str


class InvalidInputs(GitopsError):
    """The inputs do not fit the flow."""

    def __init__(self, problems: tuple[InputProblem, ...]) -> None:
        super().__init__("\n".join(problem.message for problem in problems))
        self.problems = problems


class ExpressionError(GitopsError):
    """The expression cannot be evaluated.

    `line` and `column` count from 1 inside the template's own text; both are None when the place is not known.
    """

    def __init__(self, message: str, *, line: int | None = None, column: int | None = None) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


class TaskFailed(GitopsError):
    """The task failed.

    `outputs` are what the task had produced before it failed; they are kept on its task run.
    """

    def __init__(self, message: str | None = None, *, outputs: dict[str, object] | None = None) -> None:
        super().__init__(message)
        self.outputs = outputs or {}


class GitFailed(GitopsError):
    """Git could not do what was asked."""


class UnknownRevision(GitFailed):
    """The repository has no such revision."""


class FileTooLarge(GitFailed):
    """A file is larger than flows may be."""


class ProviderError(GitopsError):
    """The Git host's API did not do what was asked."""


class BadSignature(ProviderError):
    """The webhook's signature is missing or wrong."""


class ProviderUnavailable(ProviderError):
    """The Git host does not answer now; the same request may go through later.

    `retry_after` is the wait that the host asked for, in seconds.
    """

    def __init__(self, message: str | None = None, *, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class ProviderRefused(ProviderError):
    """The Git host refused the request; sending it again changes nothing."""


class StoreFailed(GitopsError):
    """The database could not do what was asked."""


class StoreUnavailable(StoreFailed):
    """The database refuses for now; the same work may go through later."""


class StorageFailed(GitopsError):
    """Internal storage could not do what was asked."""


def _docstring(kind: type[GitopsError]) -> str:
    import inspect  # where it is needed: it takes longer to import than this module

    return inspect.cleandoc(kind.__doc__ or "")
