"""Every word of the expression language is explained."""

from __future__ import annotations

import pytest

from gitops.lint.expressions.references import FILTER, FUNCTION, TEST
from gitops.lint.expressions.vocabulary import FUNCTIONS
from gitops.lint.expressions.words import ANYTHING
from gitops.lsp.functions import OF_THE_SERVICE, WORDS, call, says

EVERY = [(kind, name) for kind, words in WORDS.items() for name in words]


@pytest.mark.parametrize(("kind", "name"), EVERY)
def test_every_word_says_what_it_does(kind: str, name: str) -> None:
    assert says(kind, name)
    assert call(kind, name).startswith(name)


def test_the_functions_of_the_service_are_those_that_the_vocabulary_knows_nothing_of() -> None:
    assert set(OF_THE_SERVICE) == {name for name, word in FUNCTIONS.items() if word is ANYTHING}


@pytest.mark.parametrize(
    ("kind", "name", "written"),
    [
        (FUNCTION, "now", "now(format?, timeZone?, existingFormat?, locale?)"),
        (FUNCTION, "max", "max(…)"),
        (FUNCTION, "uuid", "uuid()"),
        (FUNCTION, "secret", "secret(key, namespace?, subkey?)"),
        (FILTER, "upper", "upper"),
        (FILTER, "join", "join(separator?)"),
        (TEST, "defined", "defined"),
    ],
)
def test_a_word_is_shown_with_its_parameters(kind: str, name: str, written: str) -> None:
    assert call(kind, name) == written
