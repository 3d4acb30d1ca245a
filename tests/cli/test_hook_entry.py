"""The configuration of pre-commit with our hook."""

from __future__ import annotations

import pytest
import yaml

from gitops.cli.hook_entry import HOOK, hook_text, with_hook


def hooks(text: str) -> list[str]:
    return [hook["id"] for repo in yaml.safe_load(text)["repos"] for hook in repo["hooks"]]


@pytest.mark.parametrize(
    "text",
    [
        "repos:\n- repo: https://a\n  hooks:\n  - id: b\n",
        "repos:  # all\n\n  # first\n  - repo: https://a\n    hooks: [{id: b}]\n",
        "fail_fast: false\nrepos:\n    -   repo: https://a\n        hooks:\n        -   id: b\nfail_fast: true\n",
    ],
)
def test_it_is_put_before_the_others(text: str) -> None:
    after = with_hook(text)
    assert after is not None
    assert hooks(after) == [HOOK, "b"]
    assert yaml.safe_load(after) | {"repos": yaml.safe_load(text)["repos"]} == yaml.safe_load(text)
    assert with_hook(after) == after


def test_a_new_file_has_it_alone() -> None:
    assert hooks(with_hook("") or "") == [HOOK]
    assert HOOK in hook_text()


def test_our_published_hook_is_enough() -> None:
    text = "repos:\n- repo: https://a/gitops\n  hooks:\n  - id: gitops-lint\n"
    assert with_hook(text) == text


@pytest.mark.parametrize(
    "text", ["repos: []\n", "repos: {}\n", "a: 1\n", "- a\n", "repos: [\n", "repos: [{repo: a, hooks: []}]\n"]
)
def test_what_is_not_understood_is_not_touched(text: str) -> None:
    assert with_hook(text) is None
