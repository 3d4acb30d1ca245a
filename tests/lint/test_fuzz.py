"""The linter on whatever bytes: no crash, no hang, places inside of the text, and a bounded memory."""

from __future__ import annotations

import inspect
import resource
import subprocess
import sys
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gitops.catalog.catalogue import catalogue
from gitops.lint.linter import Options, Report, SourceFile, lint
from gitops.lint.rule_entry import Profile
from gitops.lint.schema.kinds import Schema
from gitops.lint.schema.shipped import load_schema

MOST_MEMORY = 600 << 20
"""Bytes, Python and the schema included."""
LONGEST = 20
"""Seconds for the worst of files, on the slowest of machines: it is there to end a hang."""

WORDS = st.sampled_from(
    [
        *(
            "id: ",
            "namespace: ",
            "tasks:",
            "type: ",
            "- ",
            "  ",
            "\n",
            "\t",
            "{{ ",
            " }}",
            "{% ",
            " %}",
            "inputs.",
            "outputs.",
        ),
        *(
            "'",
            '"',
            "|",
            ">",
            "&a ",
            "*a",
            "!x ",
            "? ",
            ": ",
            "[",
            "]",
            "{",
            "}",
            "#",
            ",",
            "---\n",
            "\r\n",
            "\ufeff",
            "\0",
        ),
        *(
            "io.kestra.plugin.core.log.Log",
            "message",
            "| upper",
            "??",
            "é",
            "😀",
            "\u202e",
            "\u2028",
            "~",
            "0x1F",
            "1e400",
        ),
        *(
            "# gitops: ignore[",
            "]",
            "until=",
            'reason="',
            "cron: ",
            "* * * * *",
            "defaults: ",
            "pluginDefaults:",
            "<<: ",
        ),
    ]
)


@cache
def schema() -> Schema:
    """The schema that is shipped."""
    return load_schema()


@cache
def examples() -> list[str]:
    """The example of every type."""
    kinds = [kind for room in catalogue().rooms() for kind in catalogue().room(room).values()]
    pages = [inspect.getdoc(sys.modules[kind.__module__]) or "" for kind in kinds]
    return [inspect.cleandoc(page.partition("## Example\n")[2]) + "\n" for page in pages]


@pytest.fixture(scope="module", autouse=True)
def _read_before() -> None:
    """Nothing is imported while hypothesis draws."""
    schema()
    examples()
    read(examples()[0].encode())


def read(source: bytes, base: bytes | None = None) -> Report:
    """What the linter says of a file, with every rule."""
    options = Options(root="", complete=True, compared=True, profile=Profile.STRICT)
    files = [SourceFile("company/team/flow.yml", source, base=base, named=True)]
    return lint(files, schema=schema(), options=options)


def check(source: bytes, report: Report) -> None:
    """Every finding has a place in the text."""
    text = source.decode("utf-8", "replace").removeprefix("\ufeff")
    lines = len(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    for finding in report.findings:
        span = finding.span
        assert 1 <= span.line <= span.end_line <= lines
        assert span.column >= 1
        assert (span.line, span.column) <= (span.end_line, span.end_column)


@settings(deadline=None, max_examples=300)
@given(st.binary(max_size=300))
def test_any_bytes(source: bytes) -> None:
    check(source, read(source))


@settings(deadline=None, max_examples=400)
@given(st.lists(WORDS, max_size=40).map("".join))
def test_any_words_of_the_language(text: str) -> None:
    check(text.encode(), read(text.encode()))


@st.composite
def edited(draw: st.DrawFn) -> str:
    """An example with some of its characters deleted, doubled or replaced by words of the language."""
    text = draw(st.sampled_from(examples()))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, max(len(text) - 1, 0)))
        end = min(len(text), start + draw(st.integers(0, 12)))
        text = text[:start] + draw(st.one_of(WORDS, st.text(max_size=6), st.just(text[start:end] * 2))) + text[end:]
    return text


@settings(deadline=None, max_examples=400, suppress_health_check=[HealthCheck.too_slow])
@given(edited(), st.none() | edited())
def test_any_edit_of_a_flow_beside_what_it_was(text: str, base: str | None) -> None:
    source = text.encode("utf-8", "surrogatepass")
    check(source, read(source, base.encode("utf-8", "surrogatepass") if base else None))


WORST = {
    "an alias bomb": "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9 if n else ['x'] * 9)}]\n" for n in range(30)),
    "an alias that holds itself": "tasks: &a\n  - *a\n",
    "ten thousand lists in each other": "tasks: " + "[" * 10_000,
    "ten thousand mappings in each other": "{a: " * 10_000,
    "ten thousand levels of indentation": "".join(f"{' ' * n}a:\n" for n in range(1_400)),
    "ten thousand brackets in an expression": "id: x\nmessage: '{{ " + "(" * 10_000 + " }}'\n",
    "ten thousand lists in an expression": "id: x\nmessage: '{{ " + "[" * 10_000 + "]" * 10_000 + " }}'\n",
    "ten thousand filters": "id: x\nmessage: '{{ a" + " | upper" * 10_000 + " }}'\n",
    "ten thousand steps": "id: x\nmessage: '{{ outputs" + ".a" * 10_000 + " }}'\n",
    "ten thousand tags that are not closed": "id: x\nmessage: '" + "{% if a %}" * 10_000 + "'\n",
    "ten thousand openings": "id: x\nmessage: '" + "{{ " * 10_000 + "'\n",
    "ten thousand tasks of one id": "id: x\nnamespace: a.b\ntasks:\n"
    + "  - {id: a, type: io.kestra.plugin.core.log.Log, message: '{{ outputs.a.b }}'}\n" * 10_000,
    "ten thousand inputs that need each other": "id: x\nnamespace: a.b\ninputs:\n"
    + "".join(f"  - {{id: i{n}, type: STRING, dependsOn: {{inputs: [i{n + 1}]}}}}\n" for n in range(6_000)),
    "ten thousand suppressions": "# gitops: ignore[a, b] reason='x'\n" * 10_000,
    "a line of a megabyte": "message: " + "x" * 1_000_000,
    "ten thousand unknown keys": "".join(f"k{n}: 1\n" for n in range(10_000)),
    "ten thousand unknown types": "tasks:\n" + "".join(f"  - {{id: t{n}, type: a.b.C{n}}}\n" for n in range(10_000)),
}
_RUN = """\
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, ({limit}, {limit}))
from tests.lint.test_fuzz import WORST, check, read
source = WORST[sys.argv[1]].encode()
check(source, read(source))
"""


@pytest.mark.parametrize("name", WORST)
def test_the_worst_of_files_is_read_in_bounded_time_and_memory(name: str) -> None:
    limit = max(MOST_MEMORY, resource.getpagesize())
    program = _RUN.format(limit=limit)
    done = subprocess.run(
        [sys.executable, "-c", program, name], capture_output=True, text=True, timeout=LONGEST, check=False
    )
    assert done.returncode == 0, done.stderr[-2_000:]
