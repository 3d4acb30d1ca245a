"""Made flows of the kind that people write: 3 to 30 tasks, inputs, a trigger, expressions, a group. Always the same."""

from __future__ import annotations

import random

SEED = 7
FEWEST, MOST = 3, 30

_TASKS = (
    """\
  - id: say_{n}
    type: io.kestra.plugin.core.log.Log
    message: "Row {{{{ inputs.rows }}}} of {{{{ inputs.day }}}}"
""",
    """\
  - id: ask_{n}
    type: io.kestra.plugin.core.http.Request
    uri: https://example.com/api/{n}
    method: POST
    body: |
      {{"day": "{{{{ inputs.day }}}}"}}
    retry:
      type: constant
      interval: PT10S
      maxAttempts: 3
""",
    """\
  - id: run_{n}
    type: io.kestra.plugin.scripts.shell.Commands
    description: Load the rows of the day.
    env:
      DAY: "{{{{ inputs.day }}}}"
    commands:
      - echo one
      - echo two
    timeout: PT5M
""",
    """\
  - id: group_{n}
    type: io.kestra.plugin.core.flow.Sequential
    tasks:
      - id: inside_{n}
        type: io.kestra.plugin.core.debug.Return
        format: "{{{{ flow.id }}}}"
""",
)
_HEAD = """\
id: flow_{n}
namespace: company.team
description: Flow number {n}
labels:
  owner: data
inputs:
  - id: day
    type: STRING
    defaults: "2026-01-01"
  - id: rows
    type: INT
    defaults: 100
tasks:
"""
_TAIL = """\
triggers:
  - id: nightly
    type: io.kestra.plugin.core.trigger.Schedule
    cron: "0 2 * * *"
"""


def many_flows(number: int, *, fewest: int = FEWEST, most: int = MOST) -> list[str]:
    """The sources of that many flows, with so many tasks each."""
    chance = random.Random(SEED)
    return [_flow(n, chance.randint(fewest, most)) for n in range(number)]


def _flow(number: int, tasks: int) -> str:
    return _HEAD.format(n=number) + "".join(_TASKS[n % len(_TASKS)].format(n=n) for n in range(tasks)) + _TAIL
