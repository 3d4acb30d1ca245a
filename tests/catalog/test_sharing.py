"""What several types have alike is written once, and can still be judged where it stands."""

from __future__ import annotations

import copy
from typing import Any

from gitops.catalog.sharing import share

LONG = {"type": "string", "description": "A property with a description that is long enough to be shared."}
MARKED = {**LONG, "deprecated": True, "deprecationMessage": "use another", "x-removed": True, "default": "a"}


def leaves(*properties: dict[str, Any], required: tuple[str, ...] = ()) -> dict[str, dict[str, Any]]:
    made = [{"properties": copy.deepcopy(each), "required": list(required)} for each in properties]
    return {f"type{number}": leaf for number, leaf in enumerate(made)}


def test_what_three_types_have_alike_is_shared() -> None:
    types = leaves({"a": LONG}, {"a": LONG}, {"a": LONG})
    assert share("Room", types, prefix="#/") == {"Room.a": LONG}
    assert [leaf["properties"]["a"] for leaf in types.values()] == [{"$ref": "#/Room.a"}] * 3


def test_what_two_types_have_alike_stays_as_it_is() -> None:
    types = leaves({"a": LONG}, {"a": LONG}, {"a": MARKED})
    assert share("Room", types, prefix="#/") == {}
    assert types == leaves({"a": LONG}, {"a": LONG}, {"a": MARKED})


def test_the_form_that_most_types_give_a_property_is_shared_and_others_stay() -> None:
    types = leaves(*[{"a": LONG}] * 4, *[{"a": MARKED}] * 3)
    assert share("Room", types, prefix="#/") == {"Room.a": LONG}
    assert types["type6"]["properties"]["a"] == MARKED


def test_marks_stay_beside_the_reference() -> None:
    types = leaves({"a": MARKED}, {"a": MARKED}, {"a": MARKED})
    share("Room", types, prefix="#/")
    marks = {"deprecated": True, "deprecationMessage": "use another", "x-removed": True}
    assert types["type0"]["properties"]["a"] == {"$ref": "#/Room.a", **marks}


def test_the_description_of_what_must_be_there_stays_too() -> None:
    types = leaves({"a": LONG}, {"a": LONG}, {"a": LONG}, required=("a",))
    share("Room", types, prefix="#/")
    assert types["type0"]["properties"]["a"] == {"$ref": "#/Room.a", "description": LONG["description"]}


def test_what_is_short_is_not_worth_a_reference() -> None:
    types = leaves({"a": {"type": "boolean"}}, {"a": {"type": "boolean"}}, {"a": {"type": "boolean"}})
    assert share("Room", types, prefix="#/") == {}
