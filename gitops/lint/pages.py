"""The reference pages of the rules, made from what stands in their modules."""

from __future__ import annotations

from collections.abc import Iterator

from gitops.lint.rule import Declared, load
from gitops.lint.rule_entry import AnyOption, Profile
from gitops.lint.rules.table import RULES

_WHO = {
    Profile.MINIMAL: "on in every profile",
    Profile.RECOMMENDED: "on unless the profile is `minimal`",
    Profile.STRICT: "on in the profile `strict`",
    Profile.SECURITY: "on in the profile `security`",
}


def rule_pages() -> dict[str, str]:
    """The page of every rule by the name of its file, and an index by family."""
    pages = {f"{name}.md": f"# {name}\n\n{page(load(rule))}" for name, rule in sorted(RULES.items())}
    return {"README.md": "\n".join(_index()) + "\n", **pages}


def page(declared: Declared) -> str:
    """What there is to know of a rule, as Markdown without a title."""
    sentence, _, rest = declared.page.partition("\n")
    return "\n".join([sentence, "", *_facts(declared), rest.rstrip("\n"), *_options(declared.options)]) + "\n"


def sentence(declared: Declared) -> str:
    """The rule in one sentence."""
    return declared.page.partition("\n")[0]


def _facts(declared: Declared) -> list[str]:
    rule = declared.rule
    who = (
        _WHO[Profile.SECURITY]
        if rule.family == Profile.SECURITY and rule.profile is Profile.STRICT
        else _WHO[rule.profile]
    )
    return [f"Family {rule.family}, severity {rule.severity}, {who}, since {rule.since}."]


def _options(options: tuple[AnyOption, ...]) -> Iterator[str]:
    if not options:
        return
    yield from ("", "## Options", "", "In `.gitops.yaml`, under `rules`:", "")
    for option in options:
        choices = f" One of {', '.join(f'`{choice}`' for choice in option.choices)}." if option.choices else ""
        yield f"- `{option.name}` (default {_written(option.default)}): {option.description}{choices}"


def _written(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(f"`{item}`" for item in value) or "none"
    return f"`{str(value).lower() if isinstance(value, bool) else value}`" if value != "" else "none"


def _index() -> Iterator[str]:
    yield from ("# Rules", "", "Generated from the rules; `make generate` writes it anew.")
    for family in dict.fromkeys(rule.family for rule in RULES.values()):
        yield from ("", f"## {family.capitalize()}", "")
        for rule in sorted(RULES.values(), key=lambda rule: rule.name):
            if rule.family == family:
                severity = f"{rule.severity}, {rule.profile}"
                yield f"- [{rule.name}]({rule.name}.md) ({severity}): {sentence(load(rule))}"
