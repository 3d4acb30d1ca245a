"""Secrets are not printed: not as what was found, not in the line of source, not in the message."""

from __future__ import annotations

import pytest

from gitops.language.document import parse
from gitops.language.position import Path
from gitops.lint.linter import Options, SourceFile, lint
from gitops.lint.masking import holds_secret, is_secret, masked_line
from gitops.lint.reporters import FORMATS, reporter
from gitops.lint.schema.kinds import Schema
from gitops.lint.telling.view import View

FLOW = b"""\
id: hello
namespace: company.team
tasks:
  - id: call
    type: io.kestra.plugin.core.http.Request
    uri: x
"""


@pytest.mark.parametrize(
    "name",
    [
        "password",
        "dbPassword",
        "API_TOKEN",
        "secret",
        "client-secret",
        "apiKey",
        "api_key",
        "key",
        "sslKey",
        "credentials",
    ],
)
def test_a_name_that_looks_like_a_secret(name: str) -> None:
    assert is_secret(name)


@pytest.mark.parametrize("name", ["message", "keyboard", "monkeys_paw", "id", "compass", "passenger"])
def test_a_name_that_does_not(name: str) -> None:
    assert not is_secret(name)


@pytest.mark.parametrize(
    ("source", "number", "line"),
    [
        ("password: hunter2", 1, "password: ****"),
        ("  - apiKey: hunter2 # mine", 1, "  - apiKey: ****"),
        ("{user: me, password: hunter2, port: 1}", 1, "{user: me, password: ****"),
        ("'password': hunter2", 1, "'password': ****"),
        ("user: hunter1", 1, "user: hunter1"),
        ("password: \"{{ secret('X') }}\"", 1, "password: \"{{ secret('X') }}\""),
        ("password: |", 1, "password: |"),
        ("password: |\n  hunter2\n  more", 3, "  ****"),
        ("passwords:\n- hunter2", 2, "****"),
        ("secrets:\n  db:\n    user: hunter2\nother: 1", 3, "    ****"),
        ("secrets:\n  db: hunter2\nother: 1", 3, "other: 1"),
        ("password:", 1, "password:"),
        ("labels:\n  - key: team", 2, "  - key: team"),
        ("labels:\n  - value: data\n    key: team", 3, "    key: team"),
        ("labels:\n  - key: team\nkey: hunter2", 3, "key: ****"),
        ("secrets:\n  labels:\n  - key: hunter2", 3, "  ****"),
        ("a: " + "x" * 500, 1, None),
    ],
)
def test_a_line_is_shown_without_secrets(source: str, number: int, line: str | None) -> None:
    assert masked_line(parse(source), number) == line


@pytest.mark.parametrize("path", [("password",), ("env", "API_TOKEN", 0), ("inputs", 0, "defaults")])
def test_a_value_is_secret_by_the_names_on_the_way_to_it(path: Path) -> None:
    assert holds_secret(parse("inputs: [{type: SECRET, defaults: a}]"), path)


def test_the_key_of_a_label_is_no_secret() -> None:
    document = parse("labels: [{key: a}]")
    assert not holds_secret(document, ("labels", 0, "key"))
    assert holds_secret(document, ("secrets", "labels", 0, "key"))
    assert holds_secret(document, ("labels", "key"))


def test_defaults_are_only_secret_where_inputs_are() -> None:
    assert not holds_secret(parse("inputs: [{type: STRING, defaults: a}]"), ("inputs", 0, "defaults"))


@pytest.mark.parametrize(
    "source",
    [
        FLOW + b"    password: [hunter2]\n",
        FLOW + b"    password: *hunter2\n",
        FLOW + b"    password: !hunter2 x\n",
        FLOW + b"    password: @hunter2\n",
        FLOW + b"    password: 'hunter2\n",
        FLOW + b"    password: {{ hunter2 }} x\n",
        FLOW + b"    password: hunter2\n    password: hunter2\n",
        FLOW + b"    token: hunter2\n",
        FLOW + b"    options: {connectTimeout: x, token: hunter2}\n",
        FLOW + b"inputs:\n  - id: a\n    type: SECRET\n    defaults:\n      - hunter2\n",
        FLOW + b"inputs:\n  - {id: a, type: SECRET, defaults: hunter2, xyzzy: 1}\n",
    ],
)
def test_no_reporter_prints_a_secret(source: bytes, schema: Schema) -> None:
    report = lint([SourceFile("a.yml", source)], schema=schema, options=Options())
    assert report.failed
    for name in FORMATS:
        for view in (View(), View(texts=lambda _: source.decode())):
            assert "hunter2" not in "".join(reporter(name)(report, view))
