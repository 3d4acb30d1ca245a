"""The types that evaluate scripts on the Java machine: they can be written, and do not run."""

from __future__ import annotations

import pytest

from gitops.tasks.scripts.eval_task import EvalTask, FileTransformTask
from tests.tasks.one_task import read_task, refusal

LANGUAGES = ["groovy", "jython", "nashorn"]
PACKAGE = "io.kestra.plugin.scripts."


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_eval_exports_variables(language: str) -> None:
    task = read_task(f"{PACKAGE}{language}.Eval", script="a = 1", outputs=["a"])
    assert isinstance(task, EvalTask)
    assert (task.outputs, task.AVAILABLE) == (("a",), False)
    assert set(task.Output.model_fields) == {"result", "outputs"}
    assert (task.DEPRECATED is not None) == (language == "nashorn")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("given", ["{{ outputs.a.uri }}", '[{"a": 1}]', [{"a": 1}], {"a": 1}])
def test_a_transformation_reads_a_file_or_rows(language: str, given: object) -> None:
    task = read_task(f"{PACKAGE}{language}.FileTransform", from_=given, script="row = null", concurrent=2)
    assert isinstance(task, FileTransformTask)
    assert (task.from_, task.concurrent, task.AVAILABLE) == (given, 2, False)
    assert set(task.Output.model_fields) == {"uri"}


def test_an_expression_may_say_how_many_rows_are_worked_on() -> None:
    task = read_task(f"{PACKAGE}jython.FileTransform", from_="a", script="s", concurrent="{{ inputs.count }}")
    assert isinstance(task, FileTransformTask)
    assert task.concurrent == "{{ inputs.count }}"  # type: ignore[comparison-overlap]  # not rendered


@pytest.mark.parametrize(
    ("properties", "words"),
    [
        ({"script": "s"}, "from: Field required"),
        ({"from_": "a"}, "script: Field required"),
        ({"from_": "a", "script": "s", "concurrent": 1}, "concurrent: Input should be greater than or equal to 2"),
    ],
    ids=str,
)
def test_refused(properties: dict[str, object], words: str) -> None:
    assert refusal(f"{PACKAGE}groovy.FileTransform", **properties) == words
