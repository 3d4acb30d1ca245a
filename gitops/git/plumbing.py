"""Questions to the `git` program, for commands that must be quick: starting it takes a twentieth of loading a library.

What a hook sets (`GIT_DIR`, `GIT_INDEX_FILE`, quarantined objects) is obeyed, because the program obeys it.
"""

from __future__ import annotations

import os
from typing import IO

from gitops.errors import GitFailed

_PROGRAM = "git"
_INSTALL = "expected the `git` program on the PATH, found none; install Git 2.33 or later"


class Question:
    """A run of `git` in a folder. It begins at once, so that several can run side by side."""

    def __init__(self, folder: str, *arguments: str) -> None:
        self._folder, self._arguments = folder, arguments
        self._process, self._answer = _run([_PROGRAM, "-C", folder, *arguments])

    def needed(self) -> bytes:
        """What it printed; raises GitFailed."""
        answer = self.answer()
        if answer is None:
            words = " ".join(self._arguments)
            raise GitFailed(f"`git {words}` failed in {self._folder}; run it there to see why")
        return answer

    def answer(self) -> bytes | None:
        """What it printed; None when it failed."""
        with self._answer:
            printed = self._answer.read()
        return printed if _ended_well(self._process) else None


def ask(folder: str, *arguments: str) -> bytes:
    """What `git` prints in a folder; raises GitFailed."""
    return Question(folder, *arguments).needed()


class Objects:
    """The objects of a repository, by id or by any name that Git knows, such as `HEAD:company/team/hello.yml`.

    One program answers all questions of a process; another process that holds the same instance starts its own.
    """

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._process = 0
        self._owner = 0
        self._questions: IO[bytes] | None = None
        self._answers: IO[bytes] | None = None

    def read(self, name: str, *, limit: int) -> bytes | None:
        """The content of an object, of a large one the first `limit` bytes and one more; None when there is none.

        The program is asked line by line, so that nothing is found by a name with a line break.
        """
        if "\n" in name:
            return None
        questions, answers = self._pipes()
        questions.write(os.fsencode(name) + b"\n")
        questions.flush()
        kind, _, size = answers.readline().rstrip().rpartition(b" ")
        if not size.isdigit() or kind.endswith(b" missing"):
            return None
        content = answers.read(min(int(size), limit + 1))
        _skip(answers, int(size) - len(content) + 1)
        return content

    def __del__(self) -> None:
        self.close()

    def close(self) -> None:
        """End the program; the next question starts it anew."""
        if self._questions is not None and self._answers is not None and self._owner == os.getpid():
            self._questions.close()
            self._answers.close()
            os.waitpid(self._process, 0)
        self._questions = self._answers = None

    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        if self._questions is None or self._answers is None or self._owner != os.getpid():
            self._begin()
        assert self._questions is not None  # noqa: S101 - begun above
        assert self._answers is not None  # noqa: S101 - begun above
        return self._questions, self._answers

    def _begin(self) -> None:
        asked, asking = os.pipe()
        self._questions = os.fdopen(asking, "wb")
        try:
            words = [_PROGRAM, "-C", self._folder, "cat-file", "--batch"]
            self._process, self._answers = _run(words, asked)
        finally:
            os.close(asked)
        self._owner = os.getpid()


def _run(words: list[str], asked: int | None = None) -> tuple[int, IO[bytes]]:
    """Start a program that reads from a pipe or from nothing and complains to nobody; its number and what it prints."""
    answered, answering = os.pipe()
    answer = os.fdopen(answered, "rb")
    actions = [
        (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0) if asked is None else (os.POSIX_SPAWN_DUP2, asked, 0),
        (os.POSIX_SPAWN_DUP2, answering, 1),
        (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
    ]
    try:
        return os.posix_spawnp(words[0], words, os.environ, file_actions=actions), answer
    except FileNotFoundError as error:
        answer.close()
        raise GitFailed(_INSTALL) from error
    finally:
        os.close(answering)


def _ended_well(process: int) -> bool:
    return os.waitpid(process, 0)[1] == 0


def _skip(stream: IO[bytes], count: int) -> None:
    while count > 0:
        count -= len(stream.read(min(count, 1 << 20)))
