"""`gitops plan`: show what a commit would change, against another commit or against what the service has deployed."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from gitops.cli.flow_files import read_revision
from gitops.lint.source import SourceFile, blob_id, content
from gitops.sync.plan import Action, Deployed, Desired, Plan, plan

EXAMPLE = """\
examples:
  gitops plan                             the last commit, against the one before it
  gitops plan my-branch --base main       a branch, against another
  gitops plan --deployed flows            the last commit, against the service's repository `flows`
"""

_SIGNS = {Action.CREATE: "+", Action.UPDATE: "~", Action.MOVE: ">", Action.DELETE: "-"}
_PAGE = 500


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    from gitops.cli.client import add_server_argument

    parser.add_argument("rev", nargs="?", default="HEAD", help="the commit (default: HEAD)")
    parser.add_argument("--base", metavar="REV", help="the commit to compare with (default: the parent of REV)")
    parser.add_argument("--deployed", metavar="REPOSITORY", help="compare with what the service has deployed of it")
    parser.add_argument(
        "--root", metavar="FOLDER", help="the folder of the namespace folders (default: the repository's top)"
    )
    add_server_argument(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the plan; 1 when the commit has findings that forbid it."""
    from gitops.cli.configuration_files import as_here
    from gitops.lint.linter import lint
    from gitops.lint.schema.shipped import load_schema
    from gitops.sync.report import describe_refusal

    found = read_revision(arguments.rev, base=arguments.base, root=arguments.root)
    selection = as_here(found, root=arguments.root)
    report = lint(selection.files, schema=load_schema(), options=selection.options)
    failing = report.failing(selection.options.fail_on)
    if failing:
        bad = describe_refusal(failing)
        print(f"{arguments.rev} would not be deployed: {bad}; see `gitops lint --rev {arguments.rev}`")
        return 1
    before = _of_service(arguments) if arguments.deployed else _of_base(arguments)
    _print(plan(_desired(selection.files), before))
    return 0


def _desired(files: list[SourceFile]) -> list[Desired]:
    return [
        Desired(
            namespace=namespace,
            flow_id=flow_id,
            path=file.path,
            blob=blob_id(text.encode()),
            source=text,
            digest=_digest(text),
        )
        for file, namespace, flow_id, text in _flows(files)
    ]


def _of_base(arguments: argparse.Namespace) -> list[Deployed]:
    from gitops.errors import UnknownRevision

    try:
        base = read_revision(arguments.base or f"{arguments.rev}~1", base=None, root=arguments.root)
    except UnknownRevision:
        if arguments.base:
            raise
        return []
    return [
        Deployed(namespace=namespace, flow_id=flow_id, revision=0, path=file.path, digest=_digest(text))
        for file, namespace, flow_id, text in _flows(base.files)
    ]


def _of_service(arguments: argparse.Namespace) -> list[Deployed]:
    from gitops.cli.client import Client

    client = Client(arguments.server)
    found, page = [], 1
    while results := client.get("/flows/search", page=page, size=_PAGE)["results"]:
        found += [flow for flow in results if flow.get("repository") == arguments.deployed]
        page += 1
    return [
        Deployed(
            namespace=flow["namespace"],
            flow_id=flow["id"],
            revision=flow["revision"],
            path=flow.get("path"),
            digest=flow["digest"],
        )
        for flow in found
    ]


def _flows(files: list[SourceFile]) -> Iterator[tuple[SourceFile, str, str, str]]:
    from gitops.language.document import parse
    from gitops.language.outline import outline

    for file in files:
        if file.source is None:
            continue
        document = parse(content(file.source))
        seen = outline(document)
        if seen.namespace and seen.id:
            yield file, seen.namespace, seen.id, document.source


def _digest(source: str) -> str:
    import hashlib

    return hashlib.sha256(source.encode()).hexdigest()


def _print(made: Plan) -> None:
    for change in made.changes:
        print(f"{_SIGNS[change.action]} {change.namespace}.{change.flow_id}  {change.path or ''}")
    counts = {action: sum(change.action is action for change in made.changes) for action in _SIGNS}
    words = [f"{number} to {action.value}" for action, number in counts.items() if number]
    print(", ".join(words) or "no change")
