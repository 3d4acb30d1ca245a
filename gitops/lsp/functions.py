"""What functions, filters and tests of expressions do, and how they are called."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from functools import cache

from gitops.lint.expressions.references import FILTER, FUNCTION, TEST
from gitops.lint.expressions.vocabulary import FILTERS, FUNCTIONS, TESTS
from gitops.lint.expressions.words import Word

WORDS: Mapping[str, Mapping[str, Word]] = {FUNCTION: FUNCTIONS, FILTER: FILTERS, TEST: TESTS}

OF_THE_SERVICE: Mapping[str, tuple[str, str]] = {
    "decrypt": ("key, encrypted", "The text that was encrypted with the key."),
    "encrypt": ("key, plaintext", "The text, encrypted with a key in Base64."),
    "errorLogs": ("", "The log entries of level ERROR of the execution, in their order."),
    "fileEmpty": ("path, namespace?", "Whether a file is empty."),
    "fileExists": ("path, namespace?", "Whether there is such a file."),
    "fileSize": ("path, namespace?", "How many bytes a file has."),
    "fileURI": ("path, namespace?", "The address of a namespace file."),
    "http": ("uri, method?, …", "What a server answers to a request."),
    "id": ("", "A new id."),
    "isFileEmpty": ("path, namespace?", "Whether a file is empty."),
    "ksuid": ("", "An id that sorts by the second in which it was made."),
    "kv": ("key, namespace?, errorOnMissing?", "The value of a key of the namespace."),
    "nanoId": ("length?, alphabet?", "An id of random characters."),
    "randomInt": ("lower, upper", "A whole number from `lower` up to, and without, `upper`."),
    "randomPort": ("", "A port of TCP that nobody uses at this moment."),
    "read": ("path, namespace?", "The content of a file as text: a namespace file, or one of the execution."),
    "secret": ("key, namespace?, subkey?", "The secret of that name."),
    "uuid": ("", "A new UUID."),
}
"""The functions that need the service: their parameters, and what they give. The others say it themselves."""


def call(kind: str, name: str) -> str:
    """How a word is written, with its parameters; those with `?` may be left out."""
    word = WORDS[kind][name]
    if name in OF_THE_SERVICE and kind == FUNCTION:
        shown = OF_THE_SERVICE[name][0]
    else:
        shown = ", ".join(each if each in word.required else f"{each}?" for each in word.parameters)
        shown += ", …" * word.takes_more if shown else "…" * word.takes_more
    if kind == FUNCTION:
        return f"{name}({shown})"
    return f"{name}({shown})" if shown else name


def says(kind: str, name: str) -> str:
    """What a word does."""
    if kind == FUNCTION and name in OF_THE_SERVICE:
        return OF_THE_SERVICE[name][1]
    return _said().get((kind, name), "")


@cache
def _said() -> Mapping[tuple[str, str], str]:
    """What the built-in words say of themselves."""
    from gitops.language.expression import builtins  # takes a while, and only pages need it

    tables = {FUNCTION: builtins.FUNCTIONS, FILTER: builtins.FILTERS, TEST: builtins.TESTS}
    found = {}
    for kind, table in tables.items():
        for name, builtin in table.items():
            found[kind, name] = inspect.getdoc(builtin.body) or ""
    return found
