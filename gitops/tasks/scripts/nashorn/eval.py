"""Evaluate a script in JavaScript on the Java machine and keep its variables.

## Example
    id: nashorn_eval
    namespace: company.team
    tasks:
      - id: run
        type: io.kestra.plugin.scripts.nashorn.Eval
        outputs:
          - total
        script: total = 1 + 2
"""

from __future__ import annotations

from typing import ClassVar, Literal

from gitops.tasks.scripts.eval_task import EvalTask


class Eval(EvalTask):
    """Evaluate a script and hand on the variables that it sets."""

    DEPRECATED: ClassVar[str | None] = "use the node types"

    type: Literal["io.kestra.plugin.scripts.nashorn.Eval"]
