"""The functions of expressions that need the world."""

from __future__ import annotations

import base64

import pytest

from gitops.engine.functions import environment, random_int, read_secret, world
from gitops.errors import ExpressionError


def test_a_secret_is_read_from_its_variable_and_told_to_who_masks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_MY_KEY", base64.b64encode(b"hunter2").decode())
    told: list[str] = []
    assert world(told.append)["secret"]("my_key") == "hunter2"
    assert told == ["hunter2"]


def test_a_missing_secret_says_which_variable_to_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SECRET_X", raising=False)
    with pytest.raises(ExpressionError, match="Cannot find secret for key 'x': set the environment variable SECRET_X"):
        read_secret("x")


def test_a_secret_that_is_not_base64_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_X", "plain text!")
    with pytest.raises(ExpressionError) as refusal:
        read_secret("x")
    assert "plain text" not in str(refusal.value)


def test_the_environment_holds_what_is_meant_for_flows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENV_STAGE", "dev")
    monkeypatch.setenv("OTHER", "x")
    assert environment()["stage"] == "dev"
    assert "other" not in environment()


def test_a_random_number_lies_below_its_upper_bound() -> None:
    assert {random_int(1, 3) for _ in range(200)} == {1, 2}
    with pytest.raises(ExpressionError, match="expected `lower` to be less than `upper`, found 10 and 1"):
        random_int(10, 1)
