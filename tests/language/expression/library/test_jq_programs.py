"""Which jq programs are known to end soon."""

from __future__ import annotations

import pytest

from gitops.language.expression.library.jq_programs import Follow, path_of, work_of


@pytest.mark.parametrize(
    ("program", "path"),
    [
        (".", ()),
        (" .a.b ", ("a", "b")),
        ('.["a b"]."c d"[0].e[-1]', ("a b", "c d", 0, "e", -1)),
        (".[0]", (0,)),
        (".a[]", None),
        (".a?", None),
        ("a", None),
        (".a | .b", None),
        ("..", None),
    ],
)
def test_paths(program: str, path: Follow | None) -> None:
    assert path_of(program) == path


@pytest.mark.parametrize(
    "program",
    [
        *(
            ".[]",
            ".[].a",
            ".a // 1",
            ".a, .b",
            "[.[] | .a]",
            '{a, b: .c, "d": 1}',
            ".a[1:3]",
            ".a[]?.b",
            "-1",
            '.a?["b"]',
            ".[-1:]",
        ),
        *("map(.a)", "map(select(.a == 1 and (.b | not)))", "to_entries | map(.key)", "with_entries(select(.value))"),
        *('join(",")', 'split("a") | length', "if .a then 1 else 2 end", ".a * 2 + .b", "sort_by(.a) | first"),
        *('.a | has("b")', ".a | type", "tostring | fromjson", "[.[] | {a}] | add"),
    ],
)
def test_programs_that_are_known_to_end(program: str) -> None:
    work = work_of(program)
    assert work is not None
    assert work < 100


@pytest.mark.parametrize(
    "program",
    [
        *(
            "range(9)",
            "def f: f; f",
            "[limit(3; repeat(1))]",
            "reduce .[] as $x (0; . + $x)",
            "while(.; .)",
            ". as $x | 1",
        ),
        *("..", "recurse", "env", "$ENV", "input", 'import "a" as $a; .', 'include "a"; .', 'getpath(["a"])'),
        *('test("a+")', '"\\(.a)"', ".[] + .[]", "{a: .[]}", ".a = 1", ".a |= 1", ".[.a]", "@base64", "a::b", ". # x"),
        *(
            "halt",
            "implode",
            "transpose",
            ".a - .b",
            ".a * .b",
            "select(.[] == 1)",
            "",
            "|",
            ".a .b c",
            "{(.a): 1}",
            '. "a"',
            '.a["b":]',
        ),
        *("(" * 50 + "." + ")" * 50, "." + " " * 3000),
    ],
)
def test_programs_that_nothing_is_known_of(program: str) -> None:
    assert work_of(program) is None


def test_what_copies_its_input_again_and_again_has_much_work() -> None:
    assert (work_of("|".join(["[., .]"] * 20)) or 0) > 2**20
    assert (work_of('"a" * 1000000') or 0) > 10**6
    assert (work_of("|".join(["tojson"] * 9)) or 0) > 6**9
