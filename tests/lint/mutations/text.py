"""What happens to the text as a whole."""

from __future__ import annotations

from tests.lint.mutations.mutation import Original, Spoilt, way


@way
def conflict_left_in_the_file(flow: Original) -> Spoilt | None:
    """A merge was committed with its marks."""
    line = flow.line(("tasks",))
    text = "<<<<<<< HEAD\ndescription: ours\n=======\ndescription: theirs\n>>>>>>> main\n"
    return flow.insert(line, text)


@way
def two_flows_in_one_file(flow: Original) -> Spoilt | None:
    """A second flow stands behind the first."""
    source = flow.source if flow.source.endswith("\n") else f"{flow.source}\n"
    first = source.count("\n") + 1
    return Spoilt(f"{source}---\n{source}", frozenset((first, first + 1)))


@way
def tag_of_another_language(flow: Original) -> Spoilt | None:
    """A value has a tag that makes an object of it."""
    task = flow.task
    return task and flow.change(flow.line((*task.path, "type")), r"type: ", "type: !!python/name:")


@way
def alias_without_an_anchor(flow: Original) -> Spoilt | None:
    """A value refers to an anchor that is not there."""
    path = next(flow.properties(), None)
    return None if path is None else flow.change(flow.line(path), rf"({path[-1]}: ).*", r"\1*nowhere")


@way
def empty_file(flow: Original) -> Spoilt | None:
    """Nothing is left."""
    return Spoilt("", frozenset({1})) if flow.source else None


@way
def only_comments(flow: Original) -> Spoilt | None:
    """Everything is commented out."""
    return Spoilt("".join(f"# {line}" for line in flow.lines), frozenset(range(1, len(flow.lines) + 2)))


@way
def control_characters_that_turn_the_text_around(flow: Original) -> Spoilt | None:
    """A value holds a mark that makes editors show it from right to left."""
    task = flow.task
    line = flow.line((*task.path, "id")) if task else 0
    return flow.insert(line, "# \u202edetrevni\u202c\n") if task and flow.lines[line - 1].startswith(" ") else None
