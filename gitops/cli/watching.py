"""Doing something again whenever flow files change."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import PurePath

from watchfiles import Change, DefaultFilter, watch

_SUFFIXES = (".yml", ".yaml", ".json")
"""Flows, configuration and baselines."""

_BEGIN = 100
"""How many milliseconds the watch gets before the first act."""


class _Flows(DefaultFilter):
    """Files that findings may depend on; never what is in `.git`, environments and caches."""

    def __call__(self, change: Change, path: str) -> bool:
        return path.endswith(_SUFFIXES) and super().__call__(change, path)


def again_and_again(folder: str, act: Callable[[], object], told: Callable[[Collection[str]], object]) -> None:
    """Do something now and after every change below a folder, until it is interrupted.

    `told` hears the names of what has changed before it is done again.
    """
    # The first yield says that the watch has begun: what changes while the first act runs is not missed.
    watched = watch(folder, watch_filter=_Flows(), rust_timeout=_BEGIN, yield_on_timeout=True)
    for number, changes in enumerate(watched):
        if changes:
            told(sorted({PurePath(path).name for _, path in changes}))
        if changes or number == 0:
            act()
