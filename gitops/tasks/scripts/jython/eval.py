"""Evaluate a script in Python 2 on the Java machine and keep its variables.

## Example
    id: jython_eval
    namespace: company.team
    tasks:
      - id: run
        type: io.kestra.plugin.scripts.jython.Eval
        outputs:
          - total
        script: total = 1 + 2
"""

from __future__ import annotations

from typing import Literal

from gitops.tasks.scripts.eval_task import EvalTask


class Eval(EvalTask):
    """Evaluate a script and hand on the variables that it sets."""

    type: Literal["io.kestra.plugin.scripts.jython.Eval"]
