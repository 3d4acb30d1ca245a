"""Many contents, analysed in several processes: each inherits what the first has loaded, and answers in tuples."""

from __future__ import annotations

import marshal
import multiprocessing
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial

from gitops.lint.analysis import Analysis
from gitops.lint.facts.facts import Facts
from gitops.lint.facts.packing import packed, unpacked
from gitops.lint.source import Content, blob_id, content

Known = tuple[str, Facts]

_CHUNKS_EACH = 4

_work: tuple[Analysis, Sequence[Content]] | None = None
"""What the processes that are forked from this one find."""


def analysed(analysis: Analysis, contents: Sequence[Content], jobs: int) -> list[Known]:
    """The id and the facts of each content, in order."""
    global _work  # noqa: PLW0603 - handed to the forked processes, not to other code
    size = -(-len(contents) // (jobs * _CHUNKS_EACH))
    starts = range(0, len(contents), size)
    _work = (analysis, contents)
    try:
        with ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("fork")) as processes:
            chunks = list(processes.map(partial(_chunk, size), starts))
    finally:
        _work = None
    return [(blob, unpacked(plain)) for chunk in chunks for blob, plain in marshal.loads(chunk)]  # noqa: S302 - made by `_chunk`


def _chunk(size: int, start: int) -> bytes:
    assert _work is not None  # noqa: S101 - set before the fork
    analysis, contents = _work
    found = [(blob_id(text), packed(analysis.facts(text))) for text in map(content, contents[start : start + size])]
    return marshal.dumps(found)
