"""Repositories: where each one is, its commits with findings and statuses, and syncing now."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from gitops.errors import NotFound
from gitops.server.api.parts import AppPart, PageNumber, PageSize, SparseRoute
from gitops.server.shapes.repository import CommitShape, RepositoryShape, commit_shape, repository_shape
from gitops.server.shapes.shape import PageOf

router = APIRouter(prefix="/repositories", tags=["repositories"], route_class=SparseRoute)


@router.get("")
def list_repositories(app: AppPart) -> list[RepositoryShape]:
    """The watched repositories, in the order of the settings."""
    with app.store.database.read() as connection:
        rows = {row.name: row for row in app.store.repositories.list(connection)}
    return [repository_shape(item, rows.get(item.name)) for item in app.settings.repositories]


@router.get("/{name}")
def get_repository(app: AppPart, name: str) -> RepositoryShape:
    """One watched repository."""
    found = next((item for item in list_repositories(app) if item.name == name), None)
    if found is None:
        raise NotFound(f"no repository `{name}` is watched")
    return found


@router.post("/{name}/sync", responses={202: {"description": "The repository was woken."}})
def sync(
    app: AppPart,
    name: str,
    response: Response,
    wait: Annotated[bool, Query(description="Whether to answer only when the sync has ended.")] = False,
) -> CommitShape | None:
    """Fetch now. With `wait`, answers the newest commit and what became of it."""
    if not wait:
        app.watcher.wake(name)
        response.status_code = 202
        return None
    return get_commit(app, name, app.watcher.sync(name).sha)


@router.get("/{name}/commits")
def list_commits(app: AppPart, name: str, page: PageNumber = 1, size: PageSize = 25) -> PageOf[CommitShape]:
    """The commits that were seen, newest first."""
    get_repository(app, name)
    with app.store.database.read() as connection:
        found = app.store.commits.search(connection, name, page=page, size=size)
        results = [
            commit_shape(commit, statuses=app.store.statuses.for_commit(connection, name, commit.sha))
            for commit in found.results
        ]
    return PageOf(results=results, total=found.total)


@router.get("/{name}/commits/{sha}")
def get_commit(app: AppPart, name: str, sha: str) -> CommitShape:
    """One commit with its findings and the statuses sent for it."""
    store = app.store
    with store.database.read() as connection:
        commit = store.commits.get(connection, name, sha)
        if commit is None:
            raise NotFound(f"repository {name} has no commit {sha} that was seen")
        findings = store.commits.findings(connection, name, sha)
        statuses = store.statuses.for_commit(connection, name, sha)
    return commit_shape(commit, findings=findings, statuses=statuses)
