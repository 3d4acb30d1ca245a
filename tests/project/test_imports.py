"""The linter starts fast, because it loads nothing that it does not need."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
HEAVY = ("pydantic", "fastapi", "sqlalchemy", "httpx", "pygit2", "apscheduler", "alembic", "uvicorn", "obstore")
LINT = """
import sys
from gitops.cli.main import main
assert main(["lint", sys.argv[1]]) == 0
print("loaded:", *sorted(set(sys.argv[2:]) & set(sys.modules)))
"""
FLOW = """
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
"""


def test_linting_a_flow_loads_nothing_heavy(tmp_path: Path) -> None:
    file = tmp_path / "hello.yml"
    file.write_text(FLOW)
    command = [sys.executable, "-c", LINT, str(file), *HEAVY]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    loaded = done.stdout.splitlines()[-1]
    assert loaded == "loaded:", f"{loaded}; import it where it is used, not at the top of a module"
