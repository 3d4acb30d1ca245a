"""The rules that there are in this place: ours, and those of packages that the repository's configuration names."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from gitops.errors import InvalidSettings
from gitops.lint.rule_entry import Rule


def known_rules() -> Mapping[str, Rule]:
    """Every rule by its name; ours alone where the configuration is not usable, because that may be what is asked."""
    from gitops.cli.configuration_files import configured, loader
    from gitops.cli.selection import Selection
    from gitops.git.listing import place
    from gitops.lint.ruleset import rules_of
    from gitops.lint.source import Options

    here = place(".")
    top = here.folder if here is not None and not here.bare else str(Path.cwd())
    selection = Selection([], Options(), top)
    try:
        return rules_of(configured(selection, loader(selection)))
    except InvalidSettings as error:
        print(f"gitops: {error}\ngitops: rules of packages are left out", file=sys.stderr)
        return rules_of(Options())
