"""`.pre-commit-config.yaml` with our hook: its text is kept, and nothing is taken away."""

from __future__ import annotations

import re

from gitops.language.document import parse

HOOK = "gitops-lint"
_LINES = (
    "- repo: local",
    "  hooks:",
    f"    - id: {HOOK}",
    "      name: gitops lint",
    "      entry: gitops lint --staged",
    "      language: system",
    "      types: [yaml]",
    "      pass_filenames: false",
    "      require_serial: true",
)
_REPOS = re.compile(r"^repos:[ \t]*(?:#.*)?\n", re.MULTILINE)
_ITEM = re.compile(r"^([ \t]*)- ", re.MULTILINE)


def with_hook(text: str) -> str | None:
    """The configuration with our hook as its first; the same text when it has one, None when it is not understood."""
    if not text.strip():
        return "repos:\n" + _entry("  ")
    data = parse(text).data
    if not isinstance(data, dict) or not isinstance(data.get("repos"), list):
        return None
    if _has_hook(data["repos"]):
        return text
    repos = _REPOS.search(text)
    item = _ITEM.match(text, _first_content(text, repos.end())) if repos else None
    if repos is None or item is None:
        return None
    after = text[: repos.end()] + _entry(item[1]) + text[repos.end() :]
    read = parse(after).data
    same = isinstance(read, dict) and read | {"repos": data["repos"]} == data and read["repos"][1:] == data["repos"]
    return after if same else None


def hook_text() -> str:
    """What there is to add, for people."""
    return _entry("  ")


def _entry(indent: str) -> str:
    return "".join(f"{indent}{line}\n" for line in _LINES)


def _has_hook(repos: list[object]) -> bool:
    hooks = [hook for repo in repos if isinstance(repo, dict) for hook in repo.get("hooks") or ()]
    return any(isinstance(hook, dict) and hook.get("id") == HOOK for hook in hooks)


def _first_content(text: str, at: int) -> int:
    """Where the first line begins, from an offset on, that is neither empty nor a comment."""
    for line in text[at:].splitlines(keepends=True):
        if line.strip() and not line.lstrip().startswith("#"):
            return at
        at += len(line)
    return at
