"""Hold for executions that tried a task again.

## Example
    id: watch_retries
    namespace: company.team
    tasks:
      - id: say
        type: io.kestra.plugin.core.log.Log
        message: "{{ trigger.flowId }} is {{ trigger.state }}"
    triggers:
      - id: after_retry
        type: io.kestra.plugin.core.trigger.Flow
        conditions:
          - type: io.kestra.plugin.core.condition.HasRetryAttempt
            in: [FAILED]
"""

from __future__ import annotations

from typing import ClassVar, Literal

from gitops.conditions.states import StateCondition
from gitops.language.rendered import Render
from gitops.language.upstream import Facts


class HasRetryAttempt(StateCondition):
    """Hold for executions that tried a task again, with an attempt in a state of `in` and in none of `notIn`."""

    ALIASES: ClassVar[tuple[str, ...]] = (
        "io.kestra.core.models.conditions.types.HasRetryAttemptCondition",
        "io.kestra.plugin.core.condition.HasRetryAttemptCondition",
    )

    type: Literal["io.kestra.plugin.core.condition.HasRetryAttempt"]

    def holds(self, facts: Facts, render: Render) -> bool:
        """Whether an attempt of a task that was tried again counts."""
        read, runs = self.rendered(render), facts.upstream.attempts if facts.upstream else ()
        return any(read.counts(state) for attempts in runs if len(attempts) > 1 for state in attempts)
