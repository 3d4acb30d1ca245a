"""`gitops lint --fix`, `--diff` and `--unsafe`: what is written, what is shown, and what stays as it is."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest

from gitops.cli.main import main
from tests.cli.shouting import RULE, shout
from tests.stories.clone import Clone, flow, git

PATH = "company/team/one.yml"


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Clone:
    """A clone whose flow says hello, as the current folder; words are to be shouted."""
    shout(monkeypatch)
    clone = Clone(tmp_path / "clone", tmp_path / "origin.git")
    clone.write(PATH, flow("one"))
    clone.commit("Add one")
    monkeypatch.chdir(clone.folder)
    return clone


def lint(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """The exit code and what was printed, to both places."""
    code = main(["lint", *arguments])
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def source(clone: Clone, path: str = PATH) -> bytes:
    return (clone.folder / path).read_bytes()


def give(monkeypatch: pytest.MonkeyPatch, text: bytes) -> None:
    """Let standard input hold this."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text)))


def test_a_fix_is_written_and_told(clone: Clone, capsys: pytest.CaptureFixture[str]) -> None:
    assert lint(capsys, "--fix") == (0, "1 file, no findings\n", "1 fixed in 1 file\n")
    assert source(clone) == flow("one", message="HELLO").encode()
    assert lint(capsys, "--fix") == (0, "1 file, no findings\n", "nothing to fix\n")


def test_without_it_nothing_is_written(clone: Clone, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = lint(capsys)
    assert code == 0
    assert "  fix: shout\n" in out
    assert source(clone) == flow("one").encode()


def test_what_is_not_safe_is_asked_for(clone: Clone, capsys: pytest.CaptureFixture[str]) -> None:
    clone.write(PATH, flow("one", message="hello and bye"))
    _, out, _ = lint(capsys, "--fix")
    assert source(clone) == flow("one", message="HELLO and bye").encode()
    assert out.endswith("1 can be fixed with `gitops lint --fix --unsafe`\n")
    lint(capsys, "--fix", "--unsafe")
    assert source(clone) == flow("one", message="HELLO and BYE").encode()


def test_line_ends_the_mark_and_permissions_stay(clone: Clone, capsys: pytest.CaptureFixture[str]) -> None:
    file = clone.folder / PATH
    file.write_bytes(b"\xef\xbb\xbf" + flow("one", message="é hello 🐙").replace("\n", "\r\n").encode())
    file.chmod(0o640)
    lint(capsys, "--fix")
    assert source(clone) == b"\xef\xbb\xbf" + flow("one", message="é HELLO 🐙").replace("\n", "\r\n").encode()
    assert file.stat().st_mode & 0o777 == 0o640
    assert git(clone.folder, "status", "--porcelain") == f"M {PATH}"


def test_a_link_stays_a_link(clone: Clone, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    real = tmp_path / "real.yml"
    real.write_text(flow("two"))
    link = clone.folder / "company/team/two.yml"
    link.symlink_to(real)
    lint(capsys, "--fix", str(link))
    assert link.is_symlink()
    assert real.read_text() == flow("two", message="HELLO")


def test_a_difference_is_shown_and_nothing_written(clone: Clone, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = lint(capsys, "--diff")
    assert code == 1
    assert out.splitlines() == [
        f"--- a/{PATH}",
        f"+++ b/{PATH}",
        "@@ -3,4 +3,4 @@",
        " tasks:",
        "   - id: say",
        "     type: io.kestra.plugin.core.log.Log",
        '-    message: "hello"',
        '+    message: "HELLO"',
    ]
    assert err == "1 can be fixed in 1 file\n"
    assert source(clone) == flow("one").encode()


def test_a_difference_can_be_applied(clone: Clone, capsys: pytest.CaptureFixture[str]) -> None:
    text = flow("one").removesuffix("\n")
    (clone.folder / PATH).write_text(text)
    _, out, _ = lint(capsys, "--diff")
    subprocess.run(["git", "apply"], input=out, text=True, check=True, cwd=clone.folder)
    assert source(clone).decode() == text.replace("hello", "HELLO")
    assert lint(capsys, "--diff") == (0, "", "nothing to fix\n")


def test_a_difference_may_be_of_what_is_staged_or_of_a_commit(clone: Clone, capsys: pytest.CaptureFixture[str]) -> None:
    assert lint(capsys, "--diff", "--rev", "HEAD")[0] == 1
    clone.write(PATH, flow("one", message="hello, hello"))
    git(clone.folder, "add", "--all")
    clone.write(PATH, flow("one", message="quiet"))
    assert '+    message: "HELLO, HELLO"' in lint(capsys, "--diff", "--staged")[1]


@pytest.mark.parametrize("arguments", [["--fix", "--staged"], ["--fix", "--rev", "HEAD"], ["--unsafe"]])
def test_what_cannot_be_written_is_refused(
    clone: Clone, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    code, out, err = lint(capsys, *arguments)
    assert (code, out) == (2, "")
    assert arguments[-1].removesuffix("HEAD").strip() in err or "--rev" in err
    assert source(clone) == flow("one").encode()


def test_standard_input_is_printed_mended(
    clone: Clone, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    give(monkeypatch, flow("one", message="hello bye").replace("\n", "\r\n").encode())
    code, out, err = lint(capsys, "--fix", "--stdin-filename", PATH)
    assert code == 0
    assert out == flow("one", message="HELLO bye").replace("\n", "\r\n")
    assert f"[{RULE}]" in err
    assert source(clone) == flow("one").encode()


def test_standard_input_without_anything_to_fix_is_printed_as_it_is(
    clone: Clone, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    give(monkeypatch, b"a: [\n")
    code, out, _ = lint(capsys, "--fix", "--stdin-filename", PATH)
    assert (code, out) == (1, "a: [\n")


def test_a_file_that_changes_meanwhile_is_not_written_over(
    clone: Clone, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from gitops.lint import mending

    def slow(*arguments: object, **more: object) -> object:
        (clone.folder / PATH).write_text("somebody was here\n")
        return real(*arguments, **more)  # type: ignore[arg-type]  # whatever was given

    real = mending.mend_files
    monkeypatch.setattr(mending, "mend_files", slow)
    code, _, err = lint(capsys, "--fix")
    assert code == 2
    assert "has changed while it was linted" in err
    assert source(clone) == b"somebody was here\n"


def test_what_is_left_out_is_told(clone: Clone, capsys: pytest.CaptureFixture[str]) -> None:
    clone.write(PATH, flow("hello", message="x"))
    clone.write("company/team/two.yml", flow("HELLO", message="x"))
    _, _, err = lint(capsys, "--fix")
    assert err == (
        f"{PATH}:1:5: not fixed: together with the other files it would bring the error `duplicate-flow` [{RULE}]\n"
        "nothing to fix\n"
    )
    assert source(clone) == flow("hello", message="x").encode()


def test_what_breaks_the_flow_itself_is_left_out(clone: Clone, capsys: pytest.CaptureFixture[str]) -> None:
    clone.write(PATH, flow("one", message="hello") + "    hello: 1\n    HELLO: 2\n")
    _, _, err = lint(capsys, "--fix")
    assert f"{PATH}:7:5: not fixed: it would bring the error `duplicate-key` [{RULE}]\n" in err
    assert source(clone) == (flow("one", message="HELLO") + "    hello: 1\n    HELLO: 2\n").encode()


def test_the_difference_of_a_terminal_holds_nothing_that_it_obeys(clone: Clone) -> None:
    (clone.folder / PATH).write_text(flow("one") + "# \u202e\n")
    code = (
        "import sys, pytest\n"
        "from gitops.cli.main import main\n"
        "from tests.cli.shouting import shout\n"
        "with pytest.MonkeyPatch.context() as patch:\n"
        "    shout(patch)\n"
        "    sys.stdout.isatty = lambda: True\n"
        "    main(['lint', '--diff'])\n"
    )
    root = str(Path(__file__).parents[2])
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=clone.folder, env={"PYTHONPATH": root}, capture_output=True, check=True
    )
    assert "\u202e".encode() not in done.stdout
    assert b"HELLO" in done.stdout
