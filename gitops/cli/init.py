"""`gitops init`: set up a repository. What is there stays; every file that is written or changed is named."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from gitops.cli.writing import write_file
from gitops.lint.configuration.keys import FILE, PROFILES
from gitops.lint.rule_entry import Profile

EXAMPLE = """\
examples:
  gitops init                   .gitops.yaml, VS Code's settings, a hook for pre-commit
  gitops init --modeline        a line in every flow that says its schema, for other editors
  gitops init --profile strict
"""

FLOW_SCHEMA = "https://gitops.dev/schemas/flow.schema.json"
CONFIGURATION_SCHEMA = "https://gitops.dev/schemas/gitops.schema.json"
_SETTINGS, _HOOKS = ".vscode/settings.json", ".pre-commit-config.yaml"
_MODELINE = "# yaml-language-server: $schema="
_MARK = "\ufeff"

_CONFIGURATION = f"""\
{_MODELINE}{CONFIGURATION_SCHEMA}
# How the flows of this repository are linted: here, in hooks, in editors and by the service.
# `gitops rules` lists the rules, and `gitops explain RULE` says more of one.

# How much is asked for: minimal, recommended, strict or security.
profile: {{profile}}

# The folder of the namespace folders, when it is not this one.
{{root}}

# Single rules: error, warning, info, off, or on in any profile; some have options.
# rules:
#   large-file:
#     severity: warning
#     kilobytes: 50

# What is otherwise for some files.
# overrides:
#   - paths: ["company/old/**"]
#     profile: minimal

# What is asked of comments such as `# gitops: ignore[large-file] until=2027-03-01 reason="…"`.
# policy:
#   require-reason: true
#   max-ignore-days: 90

# What lets `gitops lint` and a deployment fail: error, warning or info, and worse.
# fail-on: error
"""

Change = Callable[[str], str | None]
"""A text, empty for a file that is not there, to the text that is to be; None when it is not understood."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("--profile", choices=PROFILES, default=Profile.RECOMMENDED, help="how much is asked for")
    parser.add_argument("--root", metavar="FOLDER", help="the folder of the namespace folders")
    parser.add_argument(
        "--modeline", action="store_true", help="put the schema's address into flows, not into VS Code's settings"
    )


def run(arguments: argparse.Namespace) -> int:
    """Write what is missing, and say so file by file."""
    from gitops.cli.flow_files import read_paths
    from gitops.cli.hook_entry import hook_text, with_hook
    from gitops.git.listing import place

    here = place(".")
    top = Path(here.folder) if here is not None and not here.bare else Path()
    configuration = configuration_text(arguments.profile, arguments.root)
    _change(top, FILE, lambda text: text or configuration, "")
    flows = [file.path for file in read_paths([top]).files if file.source is not None and _is_flow(top / file.path)]
    if arguments.modeline:
        for path in flows:
            _change(top, path, _with_modeline, f"{_MODELINE}{FLOW_SCHEMA}")
    else:
        _add_schema(top, _patterns(flows, arguments.root))
    if here is not None:
        _change(top, _HOOKS, with_hook, hook_text())
    return 0


def configuration_text(profile: str, root: str | None) -> str:
    """A `.gitops.yaml` that says what there is to say."""
    return _CONFIGURATION.format(profile=profile, root=f"root: {root}" if root else "# root: flows")


def _add_schema(top: Path, patterns: Sequence[str]) -> None:
    from gitops.cli.editor_settings import with_schema

    what = f'"yaml.schemas": {json.dumps({FLOW_SCHEMA: [*patterns]})}'
    _change(top, _SETTINGS, lambda text: with_schema(text, FLOW_SCHEMA, patterns), what)


def _change(top: Path, name: str, change: Change, what: str) -> None:
    """Change a file, and say what has been done; what is not understood is left to people."""
    path = top / name
    before = path.read_bytes().decode() if path.exists() else ""
    after = change(before)
    if after is None:
        print(f"{name}: left as it is, because it is not laid out as expected; add this:\n{what.rstrip()}")
    elif after == before:
        print(f"{name}: left as it is")
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_file(str(path), after.encode())
        print(f"{name}: {'changed' if before else 'written'}")


def _with_modeline(text: str) -> str:
    if any(line.startswith("# yaml-language-server:") for line in text.splitlines()):
        return text
    mark = _MARK if text.startswith(_MARK) else ""
    end = "\r\n" if "\r\n" in text else "\n"
    return f"{mark}{_MODELINE}{FLOW_SCHEMA}{end}{text.removeprefix(_MARK)}"


def _is_flow(path: Path) -> bool:
    from gitops.language.document import parse

    data = parse(path.read_bytes()).data
    return isinstance(data, dict) and {"id", "namespace", "tasks"} <= data.keys()


def _patterns(flows: Sequence[str], root: str | None) -> list[str]:
    """Patterns of the files in the folders that flows are in, for editors."""
    folders = sorted({path.split("/")[0] for path in flows if "/" in path}) or [root or "flows"]
    return [f"{folder}/**/*.{suffix}" for folder in folders for suffix in ("yml", "yaml")] + list(_at_top(flows))


def _at_top(flows: Sequence[str]) -> Iterator[str]:
    yield from (path for path in flows if "/" not in path)
