"""Checks of a flow: what they let through, and what they do to an execution."""

from __future__ import annotations

import pytest

from gitops.errors import Conflict
from gitops.execution.state import State
from tests.engine.workshop import Workshop

FLOW = """
    id: checked
    namespace: company.team
    inputs:
      - id: n
        type: INT
        defaults: 1
    checks:
{checks}
    tasks:
      - id: say
        type: io.kestra.plugin.core.log.Log
        message: hello
    errors:
      - id: sorry
        type: io.kestra.plugin.core.log.Log
        message: sorry
"""


def flow(*checks: str) -> str:
    return FLOW.format(checks="\n".join(f"      - {{{check}}}" for check in checks))


def check(limit: int, behavior: str | None = None, name: str = "condition") -> str:
    more = f", behavior: {behavior}" if behavior else ""
    return f'{name}: "{{{{ inputs.n < {limit} }}}}", message: "{{{{ inputs.n }}}} is not below {limit}"{more}'


@pytest.mark.parametrize("name", ["condition", "when"])
def test_one_that_does_not_hold_blocks_the_execution(workshop: Workshop, name: str) -> None:
    source = flow(check(5, name=name))
    assert workshop.run(source).state is State.SUCCESS
    with pytest.raises(Conflict, match="7 is not below 5"):
        workshop.engine.create("company.team", "checked", inputs={"n": 7})


def test_one_may_create_an_execution_that_has_failed(workshop: Workshop) -> None:
    ended = workshop.run(flow(check(5, "FAIL_EXECUTION")), {"n": 7})
    assert (ended.state, ended.message, len(ended.task_runs)) == (State.FAILED, "7 is not below 5", 0)
    assert workshop.messages(ended) == ["7 is not below 5"]


def test_one_may_only_warn(workshop: Workshop) -> None:
    assert workshop.run(flow(check(5, "CREATE_EXECUTION")), {"n": 7}).state is State.SUCCESS


def test_of_several_the_strictest_counts(workshop: Workshop) -> None:
    source = flow(check(5, "CREATE_EXECUTION"), check(6, "FAIL_EXECUTION"), check(7, "BLOCK_EXECUTION"))
    assert workshop.run(source, {"n": 5}).state is State.SUCCESS
    assert workshop.run(source, {"n": 6}).message == "6 is not below 6"
    with pytest.raises(Conflict, match="7 is not below 7"):
        workshop.engine.create("company.team", "checked", inputs={"n": 7})


def test_one_that_cannot_be_evaluated_does_not_hold(workshop: Workshop) -> None:
    workshop.add(flow('condition: "{{ inputs.missing }}", message: "{{ inputs.missing }}"'))
    with pytest.raises(Conflict, match=r"inputs\.missing"):
        workshop.engine.create("company.team", "checked")


def test_a_called_flow_is_checked_too(workshop: Workshop) -> None:
    workshop.add(flow(check(5)))
    ended = workshop.run(
        """
        id: caller
        namespace: company.team
        tasks:
          - id: call
            type: io.kestra.plugin.core.flow.Subflow
            namespace: company.team
            flowId: checked
            inputs: {n: 7}
        """
    )
    (run,) = ended.in_order()
    assert (run.state, run.message) == (State.FAILED, "7 is not below 5")


def test_a_called_flow_whose_check_fails_the_execution_fails_the_call(workshop: Workshop) -> None:
    workshop.add(flow(check(5, "FAIL_EXECUTION")))
    ended = workshop.run(
        """
        id: caller
        namespace: company.team
        tasks:
          - id: call
            type: io.kestra.plugin.core.flow.Subflow
            namespace: company.team
            flowId: checked
            inputs: {n: 7}
        """
    )
    (run,) = ended.in_order()
    assert (run.state, (run.outputs or {}).get("state")) == (State.FAILED, "FAILED")
