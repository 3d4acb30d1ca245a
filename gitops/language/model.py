"""The base of every model of the flow language: closed, frozen, camelCase in YAML and snake_case in Python."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, get_args

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler, JsonValue, model_validator
from pydantic.alias_generators import to_camel
from pydantic.config import JsonDict
from pydantic_core import CoreSchema

from gitops.language.strictness import guarded


class Model(BaseModel):
    """A part of a flow. Unknown properties are errors; properties carry the flow language's camelCase names.

    A property without a value (`description:`) is read as one that is absent, as in Kestra. The class variables hold
    YAML names: `RENAMED` old names with today's, `SYNONYMS` newer names that are accepted beside today's, and
    `INCREASING` pairs of durations of which the first must be the shorter one.
    """

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
        frozen=True,
        alias_generator=to_camel,
        validate_by_name=True,
        validate_by_alias=True,
        serialize_by_alias=True,
        use_attribute_docstrings=False,
        protected_namespaces=(),
    )

    RENAMED: ClassVar[Mapping[str, str]] = {}
    SYNONYMS: ClassVar[Mapping[str, str]] = {}
    INCREASING: ClassVar[tuple[tuple[str, str], ...]] = ()

    @classmethod
    def __get_pydantic_core_schema__(cls, source: type[BaseModel], handler: GetCoreSchemaHandler) -> CoreSchema:
        """No text is taken for a number or a boolean; see `strictness`."""
        return guarded(handler(source))

    @model_validator(mode="before")
    @classmethod
    def _with_todays_names(cls, data: object) -> object:
        if not isinstance(data, dict):
            return data
        others = {**cls.RENAMED, **cls.SYNONYMS}
        if None not in data.values() and others.keys().isdisjoint(data):
            return data
        given = {key: value for key, value in data.items() if value is not None}
        for other, name in others.items():
            if other in given and name not in given:
                given[name] = given.pop(other)
        return given

    @model_validator(mode="after")
    def _in_order(self) -> Model:
        by_alias = {field.alias: name for name, field in type(self).model_fields.items()} if self.INCREASING else {}
        for short, long in self.INCREASING:
            least, most = getattr(self, by_alias[short]), getattr(self, by_alias[long])
            if least is not None and most is not None and least >= most:
                raise ValueError(f"expected `{short}` to be less than `{long}`")
        return self


class Kind(Model):
    """A model that the property `type` chooses: what tasks, triggers, conditions, runners and inputs share.

    `ALIASES` are old type names that mean this one. `DEPRECATED` says what to use instead, when people should.
    `REMOVED` says that the V2 dialect has no such type, `REPLACEMENT` what to use there instead. `AVAILABLE` says
    whether this version acts on it: a flow that holds an unavailable type can be linted, not deployed.
    """

    ROOM: ClassVar[str]
    AVAILABLE: ClassVar[bool] = True
    ALIASES: ClassVar[tuple[str, ...]] = ()
    DEPRECATED: ClassVar[str | None] = None
    REMOVED: ClassVar[bool] = False
    REPLACEMENT: ClassVar[str | None] = None

    type: str

    @classmethod
    def type_name(cls) -> str:
        """The name that `type:` holds for this class, the first one when there are several."""
        return str(get_args(cls.model_fields["type"].annotation)[0])

    @classmethod
    def read_alias(cls, value: Mapping[str, object]) -> Mapping[str, object]:
        """What was written under an old name of the type, as today's type is to read it."""
        return value


def deprecated(advice: str, *, removed: bool = False) -> JsonDict:
    """What the schema says of a property that people should not use any more; `removed`: the V2 dialect has it not.

    For `json_schema_extra`. Pydantic's own mark would warn wherever the engine reads the property.
    """
    marks: dict[str, JsonValue] = {"deprecated": True, "deprecationMessage": advice}
    return {**marks, "x-removed": True} if removed else marks


UNAVAILABLE: JsonDict = {"x-unavailable": True}
"""What the schema says of a property that this version does not act upon: a flow that sets it cannot be deployed."""


def removed(advice: str) -> JsonDict:
    """What the schema says of a property that is fine today and that the V2 dialect does not have.

    For `json_schema_extra`; `advice` says what the V2 dialect has instead.
    """
    return {"x-removed": True, "x-advice": advice}
