"""The reference pages of the rules, made from the docstrings that stand on them."""

from __future__ import annotations

from gitops.lint.rule import load
from gitops.lint.rules.table import RULES


def rule_pages() -> dict[str, str]:
    """The page of every rule by the name of its file, and an index."""
    index = ["# Rules", "", "Generated from the rules; `make generate` writes it anew.", ""]
    pages = {}
    for rule in sorted(RULES.values(), key=lambda rule: rule.name):
        sentence, _, rest = load(rule).page.partition("\n")
        pages[f"{rule.name}.md"] = f"# {rule.name}\n\n{sentence} Severity: {rule.severity}.\n{rest.rstrip()}\n"
        index.append(f"- [{rule.name}]({rule.name}.md) ({rule.severity}): {sentence}")
    return {"README.md": "\n".join(index) + "\n", **pages}
