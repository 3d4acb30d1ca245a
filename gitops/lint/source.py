"""What the linter is given: files, and what is known about the repository that they stand in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that may hold a flow.

    `path` is relative to the top of the repository, with `/`. `base` is the content of the same path at the base
    revision; None when there was none or it is not known. `named` says that the file is a flow whatever it looks
    like: it was named by the user, or a flow is deployed from it.
    """

    path: str
    source: bytes
    base: bytes | None = None
    blob: str | None = None
    named: bool = False


@dataclass(frozen=True, slots=True)
class Options:
    """What is known about the repository.

    `root` is the folder of the namespace folders, `""` for the top of the repository and None when not known.
    `base_flows` are the flows of the base revision: namespace and id to path. The base is a Git revision or what is
    deployed; flows whose file is linted or still there may be left out.
    """

    root: str | None = None
    base_flows: Mapping[tuple[str, str], str] = field(default_factory=dict)
