"""Comments are told from texts that look like them, and what they stand at is known."""

from __future__ import annotations

import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from gitops.language.comments import Comment, Comments, Reach
from gitops.language.document import parse
from gitops.language.position import Span

_SIGN = "#@"
_LINES = st.sampled_from(
    (
        "a: one",
        "b: |",
        "c: >-",
        "d: |2-  #@ header",
        "e: 'single",
        "  more'",
        'f: "double',
        '  more"',
        "g: plain",
        "h: [x, #@ in a list",
        "  y]",
        "i: {k: v} #@ behind",
        "k:",
        "  - item",
        "  - |",
        "  - m: n",
        "    o: p#@",
        "    text #@ text",
        "  #@ deeper",
        "#@ alone",
        "    #@ in a block or not",
        "",
        " ",
        "l: #@ no value",
        "? #@ explicit",
        "n: '#@'",
        'o: "a #@ b"',
        "p: a#@",
        "q: 'it''s #@'",
        'r: "\\" #@"',
        "s: &anchor x #@",
        "t: *anchor #@",
        "u: !tag x #@",
        "v:\t#@ after a tab",
        "...",
        "--- #@ begin",
        "w: one\u2028#@ after an odd line end",
    )
)


def _events(text: str) -> list[object]:
    """What a text says, without places."""
    return [
        (
            type(event).__name__,
            getattr(event, "value", None),
            getattr(event, "anchor", None),
            getattr(event, "tag", None),
        )
        for event in yaml.parse(text, yaml.CSafeLoader)
    ]


def events(text: str) -> list[object] | None:
    try:
        return _events(text)
    except yaml.YAMLError:
        return None


@given(st.lists(_LINES, min_size=2, max_size=6, unique=True).map("\n".join))
@example("a: |  #@ x\n  #@ y\n #@ z\nb: 1 #@")
@example("- - #@ x\n  - |\n   #@ y\n")
def test_a_comment_is_what_changes_nothing_when_it_is_worded_otherwise(text: str) -> None:
    before = events(text)
    document = parse(text)
    if before is None or not isinstance(document.data, dict) or document.problems:
        return
    within = {comment.start + offset for comment in Comments(document) for offset in range(len(comment.text))}
    for at in range(len(text)):
        # libyaml takes a `#` right behind a quote for a comment, which YAML does not: it may be passed over.
        if text.startswith(_SIGN, at) and (at in within or text[at - 1 : at] not in {"'", '"', "]", "}"}):
            other = f"{text[:at]}#%{text[at + len(_SIGN) :]}"
            assert (at in within) == (events(other) == before), (text, at)


@given(st.text(alphabet=" #:-|>'\"[]{}\n\tab", max_size=60))
def test_comments_never_fail_and_do_not_overlap(text: str) -> None:
    comments = list(Comments(parse(text)))
    starts = [comment.start for comment in comments]
    assert starts == sorted(set(starts))
    for comment in comments:
        assert text[comment.start :].startswith(comment.text)


def found(text: str) -> tuple[Comment, Reach | None]:
    comments = Comments(parse(text))
    (comment,) = comments
    return comment, comments.reach(comment)


def test_behind_a_value_it_is_about_its_line() -> None:
    assert found("a: 1\nb: 2  # x\nc: 3\n") == (Comment("# x", 11, alone=False), Reach(2, 2))


def test_alone_it_is_about_the_next_line_with_content() -> None:
    assert found("a: 1\n# x\n\nb: 2\n") == (Comment("# x", 5, alone=True), Reach(4, 4))


def test_above_an_item_it_is_about_the_item() -> None:
    assert found("a:\n  # x\n  - b: 1\n    c: 2\n  - d: 1\n")[1] == Reach(3, 4)


def test_on_the_line_of_a_hyphen_it_is_about_the_item() -> None:
    assert found("a:\n  - b: 1  # x\n    c: |\n      text\n\n  - d: 1\n")[1] == Reach(2, 4)
    assert found("a:\n  -  # x\n\n    b: 1\n    c: 1\n")[1] == Reach(2, 5)


def test_at_a_key_it_is_about_its_text() -> None:
    assert found("a: |  # x\n  text\n  more\nb: 1\n")[1] == Reach(1, 3)
    assert found("# x\na:\n  long\n  text\nb: 1\n")[1] == Reach(2, 4)
    assert found("a: [1,\n  2]\n# x\nb: [1,\n  2]\n")[1] == Reach(4, 5)


def test_at_a_key_of_a_collection_it_is_about_the_line_and_the_collection_as_a_whole() -> None:
    assert found("# x\na:\n  b: 1\n  c: 2\n")[1] == Reach(2, 2, Span(3, 3, 4, 7))


def test_with_nothing_below_it_is_about_nothing() -> None:
    assert found("a: 1\n# x\n\n")[1] is None


def test_a_text_that_cannot_be_read_has_no_comments() -> None:
    assert list(Comments(parse("a: [\n# x\n"))) == []
    assert list(Comments(parse("a: 1 # x\n---\nb: '# y'\n"))) == []
