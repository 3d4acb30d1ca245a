"""Files of namespaces, put, taken and deleted by tasks of real executions."""

from __future__ import annotations

from pathlib import Path

import pytest

from gitops.execution.state import Execution, State
from gitops.storage.storage import Storage
from tests.engine.workshop import Workshop

_NAMESPACE = "io.kestra.plugin.core.namespace"


def storage(workshop: Workshop) -> Storage:
    return workshop.engine._surroundings.storage


def text(workshop: Workshop, uri: str) -> str:
    return storage(workshop).beginning(uri, 100).decode()


@pytest.fixture
def files(workshop: Workshop, tmp_path: Path) -> Workshop:
    """A workshop with three files in company.team and one in company.team.below."""
    for path in ("team/_files/a.txt", "team/_files/in/b.txt", "team/_files/in/c.csv", "team/below/_files/d.txt"):
        (tmp_path / "file").write_text(path)
        storage(workshop).put(f"company/{path}", tmp_path / "file")
    return workshop


def names(workshop: Workshop, namespace: str = "company/team") -> list[str]:
    folder = f"{namespace}/_files/"
    return sorted(each.uri.removeprefix(f"kestra:///{folder}") for each in storage(workshop).below(folder))


def run(workshop: Workshop, task: str) -> Execution:
    return workshop.run(f"""
        id: filing
        namespace: company.team
        tasks:
          - id: write
            type: io.kestra.plugin.core.storage.Write
            content: new
          - id: task
            type: {task}
        """)


def outputs(execution: Execution) -> dict[str, object]:
    assert execution.state is State.SUCCESS, [run.message for run in execution.in_order()]
    return dict(execution.in_order()[-1].outputs or {})


def message(execution: Execution) -> str:
    assert execution.state is State.FAILED
    return str(execution.in_order()[-1].message)


@pytest.mark.parametrize(
    ("wanted", "paths"),
    [
        ('"in/*"', ["/in/b.txt", "/in/c.csv"]),
        ('["a.txt", "**/*.csv"]', ["/a.txt", "/in/c.csv"]),
        ('"**.txt"', ["/a.txt", "/in/b.txt"]),
        ('"none"', []),
    ],
)
def test_files_are_taken_by_path_and_by_pattern(files: Workshop, wanted: str, paths: list[str]) -> None:
    given = f"namespace: company.team\n            files: {wanted}"
    found = outputs(run(files, f"{_NAMESPACE}.DownloadFiles\n            {given}"))
    taken = found["files"]
    assert isinstance(taken, dict)
    assert sorted(taken) == paths
    assert [text(files, taken[path]) for path in paths] == [f"team/_files{path}" for path in paths]


def test_files_are_deleted(files: Workshop) -> None:
    outputs(run(files, f"{_NAMESPACE}.DeleteFiles\n            namespace: company.team\n            files: ['in/**']"))
    assert names(files) == ["a.txt"]
    assert names(files, "company/team/below") == ["d.txt"]


def upload(**properties: object) -> str:
    given = {"namespace": "company.team", "filesMap": '{a.txt: "{{ outputs.write.uri }}"}', **properties}
    return f"{_NAMESPACE}.UploadFiles" + "".join(f"\n            {name}: {value}" for name, value in given.items())


def test_files_are_put_where_they_are_wanted(files: Workshop) -> None:
    outputs(run(files, upload(destination="/reports/")))
    assert text(files, "kestra:///company/team/_files/reports/a.txt") == "new"
    outputs(run(files, upload()))
    assert text(files, "kestra:///company/team/_files/a.txt") == "new"


def test_a_file_that_is_there_already_can_win_or_be_an_error(files: Workshop) -> None:
    outputs(run(files, upload(conflict="SKIP")))
    refused = run(
        files,
        upload(conflict="ERROR", filesMap='{new.txt: "{{ outputs.write.uri }}", a.txt: "{{ outputs.write.uri }}"}'),
    )
    assert message(refused) == "the namespace company.team has the file `a.txt` already"
    assert text(files, "kestra:///company/team/_files/a.txt") == "team/_files/a.txt"
    assert "new.txt" not in names(files)


@pytest.mark.parametrize("path", ["../x", "a/../../x", "a//b"])
def test_a_path_that_leads_out_is_refused(files: Workshop, path: str) -> None:
    refused = run(files, upload(filesMap=f'{{"{path}": "{{{{ outputs.write.uri }}}}"}}'))
    assert message(refused) == f"expected the path of a file of the namespace company.team, found `{path}`"


@pytest.mark.parametrize("namespace", ["a/b", "a..b", "."])
def test_a_name_that_is_no_namespace_is_refused(files: Workshop, namespace: str) -> None:
    refused = run(files, upload(namespace=f"'{namespace}'"))
    assert message(refused) == f"expected a namespace such as `company.team`, found `{namespace}`"


def test_nothing_is_purged_because_one_version_of_each_file_is_kept(files: Workshop) -> None:
    assert outputs(run(files, f"{_NAMESPACE}.PurgeFiles")) == {"size": 0}
    assert len(names(files)) == 3


def script(*lines: str, **properties: str) -> str:
    listed = "".join(f"\n            {name}: {value}" for name, value in properties.items())
    commands = "".join(f"\n              - {line}" for line in lines)
    return f"io.kestra.plugin.scripts.shell.Commands{listed}\n            commands:{commands}"


def test_a_script_finds_files_of_namespaces_in_its_folder(files: Workshop) -> None:
    given = script(
        "cat a.txt d.txt",
        "test ! -e in",
        namespaceFiles="{namespaces: [company.team, company.team.below], exclude: ['in/**']}",
    )
    outputs(run(files, given))


@pytest.mark.parametrize(
    ("what", "first"),
    [("OVERWRITE", "mine"), ("IGNORE", "team/_files/a.txt"), ("WARN", "team/_files/a.txt")],
)
def test_the_later_namespace_wins_unless_something_else_is_said(
    files: Workshop, tmp_path: Path, what: str, first: str
) -> None:
    (tmp_path / "file").write_text("mine")
    storage(files).put("company/team/below/_files/a.txt", tmp_path / "file")
    both = f"{{namespaces: [company.team, company.team.below], ifExists: {what}}}"
    ended = run(files, script(f'test "$(cat a.txt)" = "{first}"', namespaceFiles=both))
    outputs(ended)
    warned = "namespaceFiles: the file `a.txt` is there already; that of company.team.below is left out"
    assert (warned in files.messages(ended)) is (what == "WARN")
    failed = run(files, script("true", namespaceFiles=both.replace(what, "FAIL")))
    assert message(failed) == "namespaceFiles: the file `a.txt` is there already"


def test_each_namespace_may_have_a_folder_of_its_own(files: Workshop) -> None:
    outputs(run(files, script("cat company.team/a.txt", namespaceFiles="{folderPerNamespace: true}")))


def test_without_enabled_there_are_none(files: Workshop) -> None:
    outputs(run(files, script("test ! -e a.txt", namespaceFiles="{enabled: false}")))


def test_an_input_file_may_be_one_of_a_namespace(files: Workshop) -> None:
    inputs = '{own.txt: "nsfile:///a.txt", other.txt: "nsfile://company.team.below/d.txt"}'
    outputs(run(files, script("cat own.txt other.txt", inputFiles=inputs)))
    missing = run(files, script("true", inputFiles='{own.txt: "nsfile:///none.txt"}'))
    assert "has no file kestra:///company/team/_files/none.txt" in message(missing)
