"""The JSON Schema of flows as a program needs it: read where it is shipped, made where other packages add types."""

from __future__ import annotations

from gitops.catalog.catalogue import Catalogue
from gitops.lint.schema.kinds import Kinds, Schema
from gitops.lint.schema.shipped import load_schema


def schema_of(catalogue: Catalogue) -> Schema:
    """The schema of flows that may use these types; do not change it.

    Making it takes a second and builds the models of all types, so that of our own types is made when they change.
    """
    shipped = load_schema()
    definitions = Kinds(shipped).definitions
    if all({*catalogue.room(room)} == {*Kinds(shipped).leaves(definitions[room])} for room in catalogue.rooms()):
        return shipped
    from gitops.catalog.schema import flow_schema

    return flow_schema(catalogue)
