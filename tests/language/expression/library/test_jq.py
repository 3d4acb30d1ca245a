"""The jq filter: paths, programs that end, and programs that are run apart."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from gitops.engine.functions.side_process import SideProcesses
from gitops.errors import ExpressionError
from gitops.language.expression.scope import RUN_APART
from gitops.language.expression.template import compile_template
from gitops.language.expression.values import Float

VARIABLES: dict[str, object] = {
    "data": {"a": [1, {"b": "x"}], "f": Float(1.5), "n": None},
    "date": {"d": datetime(2013, 9, 8, 16, 19, tzinfo=timezone(timedelta(hours=2)))},
    "json": '{"a": [1, 2]}',
    "nothing": None,
    "many": [{"id": number, "name": "x" * 20} for number in range(20_000)],
}


def value(source: str, functions: object = None) -> object:
    return compile_template("{{ " + source + " }}").evaluate(VARIABLES, functions or {})  # type: ignore[arg-type]  # functions, or none


@pytest.fixture(scope="module")
def apart() -> object:
    """Real side processes; what may not end has half a second."""
    processes = SideProcesses(seconds=0.5)
    yield {RUN_APART: processes.run}
    processes.stop()


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("data | jq('.')", [{"a": [1, {"b": "x"}], "f": 1.5, "n": None}]),
        ("data | jq('.a[1].b')", ["x"]),
        ("data | jq('.a[-1].b')", ["x"]),
        ("data | jq('.a[9]')", [None]),
        ("data | jq('.n.x[0]')", [None]),
        ("data | jq('.f') | first | className", "java.lang.Float"),
        ("date | jq('.d')", ["2013-09-08T16:19:00+02:00"]),
        ("json | jq('.a[0]')", [1]),
        ("json | jq(expression='.a[]')", [1, 2]),
        ("'2' | jq('.')", [2]),
        ("data | jq('.a | length')", [2]),
        ("data | jq('.a[0], .f')", [1, 1.5]),
        ("nothing | jq('.a')", None),
        ("[] | jq('.[]')", []),
    ],
)
def test_results(source: str, expected: object) -> None:
    assert value(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("data | jq('[range(3)]')", [[0, 1, 2]]),
        ("data | jq('.a as [$x] | $x')", [1]),
        ("data | jq('with_entries(.value |= 1) | keys')", [["a", "f", "n"]]),
        ("many | jq('map(.id) | add')", [199_990_000]),
        ("data | jq('env')", [{}]),
        ("data | jq('$ENV')", [{}]),
    ],
)
def test_programs_that_are_run_apart(
    apart: object, source: str, expected: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_KEY", "c2VjcmV0")
    assert value(source, apart) == expected


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("data | jq('.a.b')", 'Unable to resolve jq expression `.a.b`: Cannot index array with "b" in the'),
        ("data | jq('.f[0]')", "Unable to resolve jq expression `.f[0]`: Cannot index number with number in the"),
        ("data | jq(1)", "`jq` expects a program, a text, but found a number"),
        ("'{' | jq('.a')", "Unable to resolve jq expression `.a`: Expecting property name"),
        ("data | jq('.a | length(')", "Unable to resolve jq expression `.a | length(`: it might not end, and there is"),
        ("'{' | jq('.[]')", "Unable to resolve jq expression `.[]`: "),
        ("data | jq", "`jq` expects an argument `expression`"),
    ],
)
def test_what_is_wrong_is_told(source: str, message: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        value(source)
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize(
    ("program", "message"),
    [
        ("range(1e12)", "it takes longer than 0.5 seconds"),
        ("def f: f; f", "it takes longer than 0.5 seconds"),
        ('"a" * 2000000000', "it (needs too much memory|takes longer)"),
        (".[", "syntax error"),
    ],
)
def test_no_program_gets_far(apart: object, program: str, message: str) -> None:
    with pytest.raises(ExpressionError, match=message):
        value("data | jq('" + program + "')", apart)


def test_no_program_reads_a_file(apart: object, tmp_path: Path) -> None:
    (tmp_path / "secret.json").write_text('"treasure"')
    program = f'import "secret" as $x {{search: "{tmp_path}"}}; $x'
    with pytest.raises(ExpressionError, match="Could not open") as caught:
        value("data | jq('" + program + "')", apart)
    assert "treasure" not in str(caught.value)


def test_programs_are_work() -> None:
    with pytest.raises(ExpressionError, match="The template takes more than 5,000,000 steps"):
        compile_template("{% for i in 1..99999 %}{{ d | jq('map(.)') }}{% endfor %}").render({"d": [1] * 50_000})
