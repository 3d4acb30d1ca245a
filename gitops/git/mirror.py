"""A bare copy of a remote repository, kept fresh by the `git` program. The only place that lets Git use the network."""

from __future__ import annotations

import glob
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pygit2
from filelock import FileLock, Timeout

from gitops.errors import GitFailed
from gitops.git.complaint import explain
from gitops.git.program import Outcome, run_git
from gitops.git.remote import Credentials, read_remote
from gitops.git.repository import open_repository, reading

BRANCHES = "refs/heads/"
TIMEOUT = 120.0
PACK_LIMIT = 50

_REFSPEC = f"+{BRANCHES}*:{BRANCHES}*"
_FETCH = ("fetch", "--quiet", "--prune", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules")
_CONSOLIDATE = ("repack", "--quiet", "--geometric=2", "-d")
_CHECK = ("fsck", "--connectivity-only", "--no-dangling", "--no-progress")


class Mirror:
    """The bare mirror at `path` of the repository at `url`; `timeout` in seconds bounds each visit to the remote.

    Raises GitFailed when the url is of no allowed form. One mirror may be used by several threads and processes.
    """

    def __init__(
        self, path: Path, url: str, *, credentials: Credentials | None = None, timeout: float = TIMEOUT
    ) -> None:
        self.path = path.absolute()
        self._remote = read_remote(url, credentials)
        self._timeout = timeout
        self._threads = threading.Lock()
        self._processes = FileLock(self.path.with_name(path.name + ".lock"), timeout=timeout)

    def fetch(self) -> dict[str, str]:
        """Bring the mirror up to date and return the commit of every branch; raises GitFailed.

        An absent or damaged mirror is made anew beside the old one, which serves until the new one is whole: `path` is
        a link to the copy in use.
        """
        with self._locked():
            self._sweep()
            if self._exists():
                self._refresh()
            else:
                self._replace()
            return self._branches()

    def rebuild(self) -> dict[str, str]:
        """Make the mirror anew, for when reading it says that it is damaged; returns and raises as `fetch`."""
        with self._locked():
            self._sweep()
            self._replace()
            return self._branches()

    def _refresh(self) -> None:
        outcome = self._fetch_into(self.path)
        if outcome.code == 0:
            self._consolidate()
            return
        if outcome.code is None or self._run(self.path, *_CHECK).code in (0, None):
            raise self._failure(outcome)
        self._replace()

    def _consolidate(self) -> None:
        # Each fetch brings a pack. A failure here costs only speed, and the next fetch tries again.
        if sum(1 for _ in self.path.glob("objects/pack/*.pack")) > PACK_LIMIT:
            self._run(self.path, *_CONSOLIDATE)

    def _replace(self) -> None:
        fresh = Path(tempfile.mkdtemp(prefix=f"{self.path.name}.copy-", dir=self.path.parent))
        try:
            with reading(fresh):
                pygit2.init_repository(str(fresh), bare=True)
            outcome = self._fetch_into(fresh)
            if outcome.code != 0:
                raise self._failure(outcome)
            self._point_to(fresh)
        finally:
            self._sweep_copies()

    def _point_to(self, copy: Path) -> None:
        # Readers never see a gap. And libgit2, which remembers open packs by their real path for the whole process,
        # never takes a damaged pack of the old copy for a pack of the same name in the new one.
        link = self.path.with_name(f"{self.path.name}.link")
        link.unlink(missing_ok=True)
        link.symlink_to(copy.name)
        link.replace(self.path)

    def _sweep_copies(self) -> None:
        current = self.path.resolve()
        for copy in self.path.parent.glob(f"{glob.escape(self.path.name)}.copy-*"):
            if copy.resolve() != current:
                shutil.rmtree(copy, ignore_errors=True)

    def _fetch_into(self, path: Path) -> Outcome:
        return self._run(path, *_FETCH, "--end-of-options", self._remote.url, _REFSPEC)

    def _run(self, path: Path, *arguments: str) -> Outcome:
        words = (f"--git-dir={path}", *arguments)
        return run_git(words, environment=self._remote.environment(), timeout=self._timeout)

    def _failure(self, outcome: Outcome) -> GitFailed:
        action = f"cannot fetch {self._remote.url}"
        if outcome.code is None:
            advice = "check that the host can be reached, or raise the repository's time limit"
            return GitFailed(f"{action}: it took longer than {self._timeout:g} seconds and was stopped; {advice}")
        return GitFailed(self._remote.redact(f"{action}: {explain(self._remote.redact(outcome.complaint))}"))

    def _exists(self) -> bool:
        return (self.path / "HEAD").is_file()

    def _branches(self) -> dict[str, str]:
        repository = open_repository(self.path)
        with reading(self.path):
            references = [repository.lookup_reference(name) for name in repository.listall_references()]
            return {
                reference.name.removeprefix(BRANCHES): str(reference.peel(pygit2.Commit).id)
                for reference in references
                if reference.name.startswith(BRANCHES)
            }

    def _sweep(self) -> None:
        # We hold the lock, so whatever else looks busy was left by a process that was killed.
        self._sweep_copies()
        locks = (*self.path.glob("*.lock"), *self.path.glob("refs/**/*.lock"))
        for file in (*locks, *self.path.glob("objects/pack/tmp_*")):
            file.unlink(missing_ok=True)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        if not self._threads.acquire(timeout=self._timeout):
            raise self._busy()
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self._processes:
                yield
        except Timeout as error:
            raise self._busy() from error
        except OSError as error:
            advice = "check the disk and the permissions of its folder"
            raise GitFailed(f"cannot write the mirror {self.path}: {error}; {advice}") from error
        finally:
            self._threads.release()

    def _busy(self) -> GitFailed:
        advice = "try again when it is done, or raise the repository's time limit"
        return GitFailed(f"cannot fetch {self._remote.url}: another fetch holds {self.path}; {advice}")
