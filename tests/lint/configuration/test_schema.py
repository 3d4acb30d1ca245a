"""The schema of `.gitops.yaml` and its reader agree, on real files and on broken ones."""

from __future__ import annotations

import re
from functools import cache
from typing import NoReturn

import jsonschema
import pytest
import yaml

from gitops.cli.init import CONFIGURATION_SCHEMA, configuration_text
from gitops.errors import NotFound
from gitops.lint.configuration import keys
from gitops.lint.configuration.reading import Reader
from gitops.lint.configuration.schema import ADDRESS, Schema, configuration_schema
from gitops.lint.rule import load
from gitops.lint.rules.declarations import declarations
from gitops.lint.rules.table import RULES

GOOD = (
    "",
    "profile: security\nextends: [a.yaml]\nroot: flows\nfail-on: all\ndialect: v1\n",
    "rules:\n  large-file: {severity: on, kilobytes: 3}\n  null-value: off\n  missing-description: info\n",
    "rules:\n  undeclared-secret: {names: [A]}\n  yaml-syntax: {}\n",
    "overrides:\n  - {paths: a, profile: minimal, dialect: v2, rules: {large-file: off}}\n  - paths: [a, b]\n",
    "policy: {require-reason: true, max-ignore-days: 3, allow-inline-ignores: false}\nfail-on: [info, new]\n",
)
BAD = (
    "[]",
    "profil: strict",
    "profile: strct",
    "dialect: v3",
    "root: 1",
    "fail-on: never",
    "rules: {lagre-file: off}",
    "rules: {large-file: bad}",
    "rules: {large-file: {kilobites: 1}}",
    "rules: {large-file: {kilobytes: many}}",
    "rules: {yaml-syntax: off}",
    "overrides: [{profile: strict}]",
    "overrides: [{paths: a, root: b}]",
    "overrides: [{paths: a, rules: {lagre-file: off}}]",
    "policy: {require-reason: 1}",
    "policy: {max-ignore-days: 0}",
    "policy: {more: 1}",
)


@cache
def schema() -> Schema:
    return configuration_schema(declarations())


def accepted(text: str) -> bool:
    return bool(jsonschema.Draft7Validator(schema()).is_valid(yaml.safe_load(text)))


def read(text: str) -> bool:
    def nothing_offered(_: str) -> NoReturn:
        raise NotFound

    files = {".gitops.yaml": text.encode(), "a.yaml": b""}
    return not Reader(files.get, nothing_offered).read(".gitops.yaml").problems


def test_it_is_a_schema() -> None:
    jsonschema.Draft7Validator.check_schema(schema())
    assert schema()["$id"] == ADDRESS == CONFIGURATION_SCHEMA


@pytest.mark.parametrize("text", GOOD)
def test_what_is_good_for_the_reader_is_good_for_the_schema(text: str) -> None:
    assert read(text)
    assert accepted(text)


@pytest.mark.parametrize("text", BAD)
def test_what_is_bad_for_the_reader_is_bad_for_the_schema(text: str) -> None:
    assert not read(text)
    assert not accepted(text)


def test_what_init_writes_is_good() -> None:
    text = configuration_text("strict", "flows")
    everything = re.sub(r"^# ( *(?:- )?[a-z-]+:)", r"\1", text, flags=re.MULTILINE)
    assert set(yaml.safe_load(everything)) == {"yaml-language-server", *keys.TOP} - {"extends", "dialect", "rules-from"}
    everything = everything.replace("yaml-language-server:", "# ")
    for written in (text, configuration_text("minimal", None), everything):
        assert read(written)
        assert accepted(written)


def test_of_packages_any_name_is_good() -> None:
    assert accepted("rules-from: x\nrules: {their-rule: {anything: 1, severity: info}}")
    assert not accepted("rules-from: x\nrules: {their-rule: bad}")


def test_every_rule_and_every_option_is_there_and_described() -> None:
    rules = schema()["definitions"]["rules"]["properties"]
    assert set(rules) == set(RULES)
    for name, rule in RULES.items():
        assert rules[name]["description"].strip()
        options = {} if rule.fixed else rules[name]["anyOf"][1]["properties"]
        assert set(options) == (set() if rule.fixed else {keys.SEVERITY, *(each.name for each in load(rule).options)})


def test_every_key_is_described() -> None:
    properties = schema()["properties"]
    assert set(properties) == set(keys.TOP)
    assert all(value["description"] for value in properties.values())
