"""The flow files of a commit: as the linter takes them, and, once it has no objection, as the plan wants them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from gitops.errors import FileTooLarge
from gitops.git.snapshot import Snapshot, TreeFile
from gitops.language.document import LIMITS, parse
from gitops.language.outline import outline
from gitops.lint.finding import Finding
from gitops.lint.source import Blob, Content, SourceFile, blob_id, content
from gitops.store.flows import Revision, digest
from gitops.sync.objections import too_large, unreadable
from gitops.sync.plan import Deployed, Desired


@dataclass(frozen=True, slots=True)
class FlowFiles:
    """The files that may hold flows, and what is wrong with those that could not be read."""

    sources: tuple[SourceFile, ...]
    findings: tuple[Finding, ...]


def read_files(snapshot: Snapshot, root: str, deployed: Sequence[Revision]) -> FlowFiles:
    """The files of a commit below the folder `root`. A file that a flow is deployed from stays a flow file."""
    sources: list[SourceFile] = []
    findings: list[Finding] = []
    by_path = {revision.path: revision for revision in deployed}
    for file in snapshot.files(root):
        revision = by_path.get(file.path)
        if revision is None and _hidden(file.path):
            continue
        try:
            sources.append(_source(snapshot, file, revision))
        except FileTooLarge as error:
            findings.append(too_large(file.path, reason=str(error)))
    findings.extend(unreadable(skipped) for skipped in snapshot.skipped if not _hidden(skipped.path))
    return FlowFiles(tuple(sources), tuple(findings))


def gone_files(sources: Iterable[SourceFile], deployed: Iterable[Revision]) -> list[SourceFile]:
    """The files that deployed flows came from and that are not there any more."""
    there = {file.path for file in sources}
    return [
        SourceFile(revision.path, None, base=revision.source.encode())
        for revision in deployed
        if revision.path is not None and revision.path not in there
    ]


def desired_flows(sources: Iterable[SourceFile], deployed: Sequence[Revision]) -> list[Desired]:
    """The flows in files that the linter has no objection to; what is deployed already is not parsed again."""
    by_blob = {revision.blob: revision for revision in deployed if revision.blob}
    found = (_desired(file, by_blob) for file in sources)
    return [flow for flow in found if flow is not None]


def deployed_flows(revisions: Iterable[Revision]) -> list[Deployed]:
    """The live revisions, as the plan compares them."""
    return [
        Deployed(
            namespace=revision.namespace,
            flow_id=revision.flow_id,
            revision=revision.revision,
            path=revision.path,
            digest=revision.digest,
        )
        for revision in revisions
    ]


def _hidden(path: str) -> bool:
    return any(folder.startswith(".") for folder in path.split("/")[:-1])


def _source(snapshot: Snapshot, file: TreeFile, revision: Revision | None) -> SourceFile:
    snapshot.measure(file.blob, limit=LIMITS.size)
    return SourceFile(
        path=file.path,
        source=Blob(file.blob, partial(snapshot.read, file.blob, limit=LIMITS.size)),
        base=_deployed_source(revision) if revision else None,
        named=revision is not None,
    )


def _deployed_source(revision: Revision) -> Content:
    source = revision.source.encode()
    return Blob(revision.blob, lambda: source) if revision.blob else source


def _desired(file: SourceFile, deployed: Mapping[str, Revision]) -> Desired | None:
    blob = blob_id(file.source or b"")
    return _known(deployed[blob], file, blob) if blob in deployed else _parsed(file, blob)


def _known(revision: Revision, file: SourceFile, blob: str) -> Desired:
    return Desired(
        namespace=revision.namespace,
        flow_id=revision.flow_id,
        path=file.path,
        blob=blob,
        source=revision.source,
        digest=revision.digest,
    )


def _parsed(file: SourceFile, blob: str) -> Desired | None:
    """The flow in a file; None when it holds no flow, as configuration of other programs does not."""
    document = parse(content(file.source or b""))
    outlined = outline(document)
    if outlined.namespace is None or outlined.id is None:
        return None
    return Desired(
        namespace=outlined.namespace,
        flow_id=outlined.id,
        path=file.path,
        blob=blob,
        source=document.source,
        digest=digest(document.source),
    )
