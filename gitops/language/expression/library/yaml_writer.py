"""YAML in and out: the one door to PyYAML of the expression language."""

from __future__ import annotations

import yaml

from gitops.errors import ExpressionError
from gitops.language.expression.values import plain

_DEEPEST = 100
_TIMESTAMP = "tag:yaml.org,2002:timestamp"


_FastLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_FastLoader):  # type: ignore[misc, valid-type]  # the loader in C, where PyYAML has it
    """Reads dates as texts."""


class _Dumper(yaml.SafeDumper):
    """Writes lists one blank to the right and texts without quotes where that is safe."""

    def expect_block_sequence_item(self, first: bool = False) -> None:
        """Write the blank before the dash of an item."""
        if first or not isinstance(self.event, yaml.SequenceEndEvent):
            self.write_indent()
            self.stream.write(" ")
            self.column += 1
            self.write_indicator("-", True, indention=True)
            self.states.append(self.expect_block_sequence_item)
            self.expect_node(sequence=True)
        else:
            super().expect_block_sequence_item(first)

    def choose_scalar_style(self) -> str:
        """Quote with double quotes, where quotes are needed."""
        style: str = super().choose_scalar_style()
        return '"' if style == "'" else style

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - PyYAML's signature
        """Write a value that stands twice two times."""
        return True


def write(value: object) -> str:
    """The value as YAML."""
    document = yaml.dump(_known(value), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=2**16)
    return document.removesuffix("...\n")


def read(text: str) -> object:
    """The value that a text of YAML is."""
    try:
        _refuse_deep(text)
        return yaml.load(text, Loader=_Loader)  # noqa: S506 - a SafeLoader that knows even less
    except (yaml.YAMLError, ValueError) as error:
        raise ExpressionError(f"The text is not YAML: {error}") from error


def _refuse_deep(text: str) -> None:
    """The loader in C would use up the stack of the process; its events come without any."""
    depth = 0
    for event in yaml.parse(text, Loader=_FastLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise ExpressionError(f"The text of YAML has more than {_DEEPEST} levels")


def _known(value: object) -> object:
    """The value in the types that PyYAML writes; the language's own numbers are none of them."""
    return value if value is None or type(value) in (str, bool, int, float) else plain(value)


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style="|" if "\n" in value else None)


def _without_dates(kind: type[yaml.SafeLoader | yaml.SafeDumper]) -> None:
    kind.yaml_implicit_resolvers = {
        character: [(tag, pattern) for tag, pattern in resolvers if tag != _TIMESTAMP]
        for character, resolvers in kind.yaml_implicit_resolvers.items()
    }


_without_dates(_Loader)
_without_dates(_Dumper)
_Dumper.add_representer(str, _text)
