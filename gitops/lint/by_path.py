"""The options of each file: those of the repository, with what is otherwise in some folders and for some patterns."""

from __future__ import annotations

from functools import cached_property

from gitops.lint.globs import matches
from gitops.lint.rule_entry import Profile, Rule
from gitops.lint.source import Options, Override


def options_at(options: Options, path: str) -> Options:
    """The options of one file."""
    return ByPath(options).at(path)


class ByPath:
    """Options of files; files that the same overrides are for have the very same options."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self._made: dict[tuple[int, ...], Options] = {(): options._replace(overrides=())}

    def at(self, path: str) -> Options:
        """The options of one file."""
        return self._of(self._meant(path)) if self.options.overrides else self.options

    def runs(self, rule: Rule) -> bool:
        """Whether a rule is asked for anywhere."""
        return any(options.runs(rule) for options in self._alternatives)

    @cached_property
    def _alternatives(self) -> list[Options]:
        return [self.options, *(overridden(self.options, override) for override in self.options.overrides)]

    def _meant(self, path: str) -> tuple[int, ...]:
        return tuple(number for number, override in enumerate(self.options.overrides) if _is_for(override, path))

    def _of(self, numbers: tuple[int, ...]) -> Options:
        found = self._made.get(numbers)
        if found is None:
            found = self._made[numbers] = overridden(self._of(numbers[:-1]), self.options.overrides[numbers[-1]])
        return found


def overridden(options: Options, override: Override) -> Options:
    """Options with an override that is for all files."""
    if override.anew:
        options = options._replace(profile=Profile.RECOMMENDED, severities={}, settings={})
    return options._replace(
        profile=override.profile or options.profile,
        dialect=override.dialect or options.dialect,
        severities={**options.severities, **override.severities},
        settings={
            rule: {**options.settings.get(rule, {}), **override.settings.get(rule, {})}
            for rule in (*options.settings, *override.settings)
        },
    )


def _is_for(override: Override, path: str) -> bool:
    folder = f"{override.folder}/" if override.folder else ""
    if not path.startswith(folder):
        return False
    inner = path.removeprefix(folder)
    return not override.patterns or any(matches(pattern, inner) for pattern in override.patterns)
