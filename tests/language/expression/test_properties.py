"""What holds for every text: it compiles or fails at a place, and nothing of Python is ever reached."""

from __future__ import annotations

import sys
from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from gitops.errors import ExpressionError
from gitops.language.expression import tree
from gitops.language.expression.builtins import FILTERS, FUNCTIONS, TESTS
from gitops.language.expression.inspection import expressions
from gitops.language.expression.pratt import BINARY
from gitops.language.expression.syntax import parse
from gitops.language.expression.template import Template
from gitops.language.expression.tree import Arguments, Expression, Span

HERE = Span(0, 0)
NAMES = st.sampled_from(
    ["a", "trap", "function", "module", "kind", "bound", "loop", "__class__", "__globals__", "upper", "_x", "été"]
)
FRAGMENTS = st.sampled_from(
    [
        *("{{", "}}", "{%", "%}", "{#", "#}", "-", " ", "\n", "'", '"', "\\", "#{", "}", "{", "(", ")", "[", "]"),
        *("|", ".", "..", "?", "??", "???", ":", ",", "=", "==", "~", "+", "*", "is", "not", "in", "and", "or"),
        *("if", "endif", "else", "for a in", "endfor", "set a =", "macro m(a)", "endmacro", "filter", "endfilter"),
        *("raw", "endraw", "block", "a", "trap", "__class__", "1", "2.5", "null", "upper", "m(", "date", "jq('.a')"),
    ]
)
SOURCES = st.one_of(
    st.lists(FRAGMENTS, max_size=30).map("".join),
    st.lists(FRAGMENTS, max_size=30).map(lambda parts: "{{ " + " ".join(parts) + " }}"),
    st.text(alphabet="{}%#-'\"\\ab1.|?:()[] \n", max_size=60),
)


LOOKED_AT: list[str] = []
"""What was asked of a trap."""


def _telling(name: str) -> Callable[..., object]:
    def tell(*_arguments: object, **_named: object) -> object:
        LOOKED_AT.append(name)
        raise AssertionError(name)

    return tell


class Trap:
    """Tells who looks at anything of it but its class, calls it, or uses it in any way that Python has."""

    def __getattribute__(self, name: str) -> object:
        if name != "__class__":
            LOOKED_AT.append(name)
        return object.__getattribute__(self, name)


for _way in (
    *("__call__", "__str__", "__repr__", "__eq__", "__hash__", "__len__", "__iter__", "__next__", "__getitem__"),
    *("__contains__", "__bool__", "__lt__", "__gt__", "__add__", "__radd__", "__int__", "__float__", "__index__"),
    *("__format__", "__bytes__", "__neg__", "__mul__", "__enter__", "__reversed__", "__length_hint__", "__fspath__"),
):
    setattr(Trap, _way, _telling(_way))


class Kind:
    """A class that must not be made an object of."""

    secret = "treasure"

    def __init__(self) -> None:
        LOOKED_AT.append("Kind()")

    def method(self) -> str:
        """Tell that it was called."""
        LOOKED_AT.append("method()")
        return "treasure"


def function() -> str:
    """Tell that it was called."""
    LOOKED_AT.append("function()")
    return "treasure"


HOSTILE: dict[str, object] = {
    "a": {"b": [1, "x"], "upper": None},
    "trap": Trap(),
    "function": function,
    "module": sys,
    "kind": Kind,
    "bound": object.__new__(Kind).method,
}


def failure(source: str, variables: dict[str, object]) -> ExpressionError | None:
    try:
        Template(source).render(variables)
    except ExpressionError as error:
        return error
    return None


@given(SOURCES)
@settings(max_examples=200, deadline=2000)
def test_any_text_renders_or_fails_at_a_place(source: str) -> None:
    error = failure(source, {})
    if error:
        assert error.line is not None
        assert error.column is not None
        lines = source.split("\n")
        assert 1 <= error.line <= len(lines)
        assert 1 <= error.column <= len(lines[error.line - 1]) + 1


@given(SOURCES)
@settings(max_examples=200, deadline=2000)
def test_the_linter_finds_an_error_where_compiling_does(source: str) -> None:
    try:
        Template(source)
        compiles = True
    except ExpressionError:
        compiles = False
    assert compiles is not any(each.error for each in expressions(source))


@given(SOURCES)
@settings(max_examples=200, deadline=2000)
def test_no_text_reaches_an_attribute_of_a_python_object(source: str) -> None:
    assert reached(source) == []


def reached(source: str) -> list[str]:
    """What a template gets out of objects of Python: what it asked of them, or that it has shown what they hold."""
    LOOKED_AT.clear()
    try:
        shown = Template(source).render(HOSTILE)
    except ExpressionError as error:
        shown = str(error).replace(source, "")
    return [*LOOKED_AT, *(word for word in ("treasure", "<function", "<module", "<class", "0x") if word in shown)]


def literals() -> st.SearchStrategy[Expression]:
    texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=6)
    numbers = st.integers(0, 2**63 - 1) | st.floats(0.001, 9e6, allow_nan=False).map(lambda each: round(each, 3))
    return st.builds(tree.Literal, st.just(HERE), st.one_of(texts, numbers, st.booleans(), st.none()))


def compound(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    here, words = st.just(HERE), st.sampled_from(["f", "upper", "endsWith"])
    items = st.lists(inner, max_size=3).map(tuple)
    named = st.lists(st.tuples(words, inner), max_size=2).map(tuple)
    arguments = st.builds(Arguments, here, items, named)
    return st.one_of(
        st.builds(tree.Attribute, here, inner, NAMES),
        st.builds(tree.Index, here, inner, inner),
        st.builds(tree.ListLiteral, here, items),
        st.builds(tree.MapLiteral, here, st.lists(st.tuples(inner, inner), max_size=2).map(tuple)),
        st.builds(tree.Call, here, words, arguments),
        st.builds(tree.Filter, here, inner, words, arguments, here),
        st.builds(tree.Test, here, inner, st.sampled_from(["defined", "null"]), arguments, st.booleans(), here),
        st.builds(tree.Unary, here, st.sampled_from(["not", "-", "+"]), inner),
        st.builds(tree.Binary, here, st.sampled_from([*(BINARY.keys() - {"is", "|"}), "not in"]), inner, inner),
        st.builds(tree.Ternary, here, inner, inner, inner),
    )


EXPRESSIONS = st.recursive(literals() | st.builds(tree.Name, st.just(HERE), NAMES), compound, max_leaves=12)


def written(node: tree.Node) -> str:  # noqa: C901, PLR0911, PLR0912 - one case for each class of the tree
    """A tree as text, with parentheses around everything."""
    match node:
        case tree.Literal(value=str(value)):
            return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"
        case tree.Literal(value=value):
            return {"None": "null", "True": "true", "False": "false"}.get(str(value), str(value))
        case tree.Name(name=name):
            return name
        case tree.Attribute(target=target, name=name):
            return f"({written(target)}).{name}"
        case tree.Index(target=target, key=key):
            return f"({written(target)})[{written(key)}]"
        case tree.ListLiteral(items=items):
            return f"[{', '.join(map(written, items))}]"
        case tree.MapLiteral(pairs=pairs):
            return "{" + ", ".join(f"{written(key)}: {written(value)}" for key, value in pairs) + "}"
        case Arguments(positional=positional, named=named):
            return f"({', '.join([*map(written, positional), *(f'{name}={written(each)}' for name, each in named)])})"
        case tree.Call(name=name, arguments=arguments):
            return name + written(arguments)
        case tree.Filter(target=target, name=name, arguments=arguments):
            return f"({written(target)} | {name}{written(arguments)})"
        case tree.Test(target=target, name=name, arguments=arguments, negated=negated):
            return f"({written(target)} is {'not ' if negated else ''}{name}{written(arguments)})"
        case tree.Unary(operator=operator, operand=operand):
            return f"({operator} {written(operand)})"
        case tree.Binary(operator=operator, left=left, right=right):
            return f"(({written(left)}) {operator} ({written(right)}))"
        case tree.Ternary(condition=condition, yes=yes, no=no):
            return f"({written(condition)} ? {written(yes)} : {written(no)})"
    raise AssertionError(node)


@given(EXPRESSIONS)
@settings(max_examples=100, deadline=2000)
def test_a_tree_that_is_written_and_parsed_is_the_same_tree(expression: Expression) -> None:
    (output,) = parse("{{ " + written(expression) + " }}").statements
    assert output == tree.Output(HERE, expression)


@given(EXPRESSIONS)
@settings(max_examples=150, deadline=2000)
def test_no_expression_reaches_an_object_of_python(expression: Expression) -> None:
    assert reached("{{ " + written(expression) + " }}") == []


APPLIED = sorted({*FILTERS, *(f"is {test}" for test in TESTS)})


@given(
    st.sampled_from(APPLIED),
    st.sampled_from(["trap", "function", "module", "kind", "bound", "[trap]", "{'a': trap}", "[[kind], trap]"]),
    st.lists(st.sampled_from(["trap", "kind", "[trap]", "{'a': trap}", "1", "'a'"]), max_size=2),
)
@settings(max_examples=200, deadline=2000)
def test_no_built_in_reaches_an_object_of_python(name: str, subject: str, arguments: list[str]) -> None:
    listed = ", ".join(arguments)
    operator = "" if name.startswith("is ") else "|"
    assert reached(f"{{{{ {subject} {operator} {name}({listed}) }}}}") == []


@given(
    st.sampled_from([*(BINARY.keys() - {"is", "|"}), "not in"]),
    st.lists(st.sampled_from(["trap", "kind", "[trap]", "{'a': trap}", "1", "'a'", "null"]), min_size=2, max_size=2),
)
@settings(max_examples=200, deadline=2000)
def test_no_operator_reaches_an_object_of_python(operator: str, sides: list[str]) -> None:
    assert reached(f"{{{{ {sides[0]} {operator} {sides[1]} }}}}") == []


@given(EXPRESSIONS)
@settings(max_examples=80, deadline=2000)
def test_any_expression_has_a_value_or_fails_at_a_place(expression: Expression) -> None:
    error = failure("{{ " + written(expression) + " }}", {"a": {"b": 1}, "trap": [1, 2]})
    assert error is None or error.line == 1


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-100, 100) | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=2), inner, max_size=3),
    max_leaves=5,
)


@given(st.sampled_from(sorted({*FILTERS} - {"jq"})), st.sampled_from([*TESTS]), VALUES, st.lists(VALUES, max_size=2))
@settings(max_examples=200, deadline=2000)
def test_no_built_in_falls_over_any_value(name: str, test: str, value: object, arguments: list[object]) -> None:
    listed = ", ".join(f"w[{index}]" for index in range(len(arguments)))
    for source in (f"{{{{ v | {name}({listed}) }}}}", f"{{{{ v is {test}({listed}) }}}}"):
        error = failure(source, {"v": value, "w": arguments})
        assert error is None or error.line == 1


@given(st.sampled_from(sorted(FUNCTIONS)), st.lists(VALUES, max_size=3))
@settings(max_examples=100, deadline=2000)
def test_no_function_falls_over_any_value(name: str, arguments: list[object]) -> None:
    listed = ", ".join(f"w[{index}]" for index in range(len(arguments)))
    error = failure(f"{{{{ {name}({listed}) }}}}", {"w": arguments})
    assert error is None or error.line == 1
