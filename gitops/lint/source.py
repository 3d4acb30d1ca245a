"""What the linter is given: files, and what is known about the repository that they stand in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

Dialect = Literal["v1", "v2"]
"""Which flow language is meant: today's, with its old and its newer names, or strictly the one of Kestra 2."""


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
    """What is known about the repository, and how strictly its flows are read.

    `root` is the folder of the namespace folders, `""` for the top of the repository and None when not known.
    `base_flows` are the flows of the base revision: namespace and id to path. The base is a Git revision or what is
    deployed; flows whose file is linted or still there may be left out.
    `dialect` v2 turns what Kestra 2 does not have into errors. `lenient` is for flows that were stored once: properties
    that are not known are ignored. `defaults` are the service's own `pluginDefaults`.
    """

    root: str | None = None
    base_flows: Mapping[tuple[str, str], str] = field(default_factory=dict)
    dialect: Dialect = "v1"
    lenient: bool = False
    defaults: Sequence[Mapping[str, object]] = ()
