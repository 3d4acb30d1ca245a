"""Flows that somebody is about to push: checked as a push would check them, and stored nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from gitops.app import App
from gitops.errors import InvalidUsage
from gitops.language.document import parse
from gitops.lint.finding import Finding, Severity
from gitops.lint.linter import SourceFile, lint
from gitops.lint.source import content
from gitops.server.api.parts import AppPart, SparseRoute
from gitops.server.documents import split_documents
from gitops.server.gate import LARGEST_BODY
from gitops.server.shapes.finding import FindingShape, finding_shape
from gitops.server.shapes.shape import Shape
from gitops.sync.plan import Desired
from gitops.sync.strict_reading import read_strictly

router = APIRouter(prefix="/flows", tags=["flows"], route_class=SparseRoute)

_FORM = "multipart/form-data"
_MOST_FILES = 10_000
_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/x-yaml": {"schema": {"type": "string"}},
            _FORM: {"schema": {"type": "object", "additionalProperties": {"type": "string", "format": "binary"}}},
        },
    }
}


class Validation(Shape):
    """What is wrong with one flow; `constraints` is absent when nothing keeps it from being deployed.

    `constraints` are the errors, one in each line; `warnings` and `infos` what else there is to say. `outdated` is
    whether the source names a revision that is not the next one. `findings` say the same with places.
    """

    index: int
    filename: str | None = None
    flow: str | None = None
    namespace: str | None = None
    constraints: str | None = None
    outdated: bool
    warnings: list[str]
    infos: list[str]
    findings: list[FindingShape]


@router.post("/validate", openapi_extra=_BODY)
async def validate(app: AppPart, request: Request) -> list[Validation]:
    """Lint flows as a push would. The body is YAML, of several documents if wished, or a form of files.

    The answer has one item for each document, in their order, and its status is 200 whatever is found.
    """
    sources = await _sources(request)
    return await run_in_threadpool(_validated, app, sources)


async def _sources(request: Request) -> list[tuple[str | None, bytes]]:
    """The documents, each with the name of its file when files were sent."""
    if not request.headers.get("content-type", "").startswith(_FORM):
        return [(None, document) for document in split_documents(await request.body())]
    async with request.form(max_files=_MOST_FILES) as form:
        uploads = [each for _, each in form.multi_items() if isinstance(each, UploadFile)]
        if sum(each.size or 0 for each in uploads) > LARGEST_BODY:
            raise InvalidUsage(f"expected flows of at most {LARGEST_BODY} bytes in all, found more; send fewer at once")
        files = [(each.filename, await each.read()) for each in uploads]
    if not files:
        raise InvalidUsage("expected at least one file in the form, found none; send each flow as a file")
    return [(name, document) for name, source in files for document in split_documents(source)]


def _validated(app: App, sources: Sequence[tuple[str | None, bytes]]) -> list[Validation]:
    paths = _paths(sources)
    files = [SourceFile(path, source, named=True) for path, (_, source) in zip(paths, sources, strict=True)]
    found: dict[str, list[Finding]] = {path: [] for path in paths}
    linted = lint(files, schema=app.schema, options=app.lint_options).findings
    wrong = {finding.file for finding in linted if finding.severity is Severity.ERROR}
    sound = [flow for file in files if file.path not in wrong and (flow := _desired(file)) is not None]
    for finding in (*linted, *read_strictly(sound, app.kinds).findings):
        found[finding.file].append(finding)
    return [
        _validation(app, index, name=name, source=source, findings=found[path])
        for index, (path, (name, source)) in enumerate(zip(paths, sources, strict=True))
    ]


def _desired(file: SourceFile) -> Desired | None:
    """The flow as a commit would have it; None for one without a namespace and an id."""
    document = parse(content(file.source or b""))
    data = document.data if isinstance(document.data, dict) else {}
    namespace, flow_id = _text(data.get("namespace")), _text(data.get("id"))
    if namespace is None or flow_id is None:
        return None
    return Desired(namespace=namespace, flow_id=flow_id, path=file.path, blob="", source=document.source, digest="")


def _paths(sources: Sequence[tuple[str | None, bytes]]) -> list[str]:
    """What findings call each document; in order they are those of the documents."""
    if len(sources) == 1:
        return [sources[0][0] or "flow.yml"]
    width = len(str(len(sources)))
    return [f"{number:0{width}}: {name or 'flow.yml'}" for number, (name, _) in enumerate(sources)]


def _validation(app: App, index: int, *, name: str | None, source: bytes, findings: Sequence[Finding]) -> Validation:
    document = parse(source)
    data = document.data if isinstance(document.data, dict) else {}
    flow, namespace = _text(data.get("id")), _text(data.get("namespace"))
    return Validation(
        index=index,
        filename=name,
        flow=flow,
        namespace=namespace,
        constraints="\n".join(_words(findings, Severity.ERROR)) or None,
        outdated=_outdated(app, namespace, flow, data.get("revision")),
        warnings=_words(findings, Severity.WARNING),
        infos=_words(findings, Severity.INFO),
        findings=[finding_shape(finding) for finding in findings],
    )


def _words(findings: Iterable[Finding], severity: Severity) -> list[str]:
    return [_sentence(finding) for finding in findings if finding.severity is severity]


def _sentence(finding: Finding) -> str:
    """The finding in one line, for clients that show nothing else."""
    parts = [f"{finding.span.line}:{finding.span.column}: {finding.message}"]
    parts += [f"expected {finding.expected}"] if finding.expected else []
    parts += [f"found {finding.found}"] if finding.found else []
    parts += [finding.help] if finding.help else []
    return "; ".join(part.replace("\n", " ") for part in parts)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _outdated(app: App, namespace: str | None, flow: str | None, revision: object) -> bool:
    if namespace is None or flow is None or not isinstance(revision, int):
        return False
    with app.store.database.read() as connection:
        live = app.store.flows.get(connection, namespace, flow)
    return revision != (live.revision if live else 0) + 1
