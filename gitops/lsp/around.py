"""What lies around a document: the flows of its work tree, and the documents that they stand in."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from gitops.lsp.documents import OpenDocument
from gitops.lsp.work_tree import Survey


class Around(NamedTuple):
    """What was seen of a work tree; any flow of it as a document, by path; and the address of any of its files.

    A flow that is open is as it is edited.
    """

    survey: Survey
    document: Callable[[str], OpenDocument]
    address: Callable[[str], str]
