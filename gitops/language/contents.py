"""What a model holds at every depth."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gitops.language.model import Model
from gitops.language.position import Path


def parts(value: object, path: Path = ()) -> Iterator[tuple[Path, Model]]:
    """Every model in a model, itself included, each with its path in the source; a part before its own parts."""
    if isinstance(value, Model):
        yield path, value
        fields = type(value).model_fields
        for name in fields:
            if name in value.model_fields_set:
                yield from parts(getattr(value, name), (*path, fields[name].alias or name))
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from parts(item, (*path, key))
    elif isinstance(value, tuple | list):
        for index, item in enumerate(value):
            yield from parts(item, (*path, index))
