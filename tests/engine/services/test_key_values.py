"""The key-value pairs as tasks and expressions of real executions see them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from unittest.mock import Mock, patch

from gitops.engine.services.key_values import StoredKeyValues
from gitops.engine.services.place import Place, World
from gitops.execution.state import State
from gitops.store.store import Store
from tests.engine.workshop import Workshop, open_workshop

_KV = "io.kestra.plugin.core.kv"
_FLOW = f"""
    id: remember
    namespace: company.team
    tasks:
      - id: number
        type: {_KV}.Set
        key: number
        value: "{{{{ 1 + 1 }}}}"
      - id: map
        type: {_KV}.Set
        key: map
        value:
          list: ["{{{{ 3 }}}}", "{{{{ 3 }}}} apples"]
      - id: length
        type: {_KV}.Set
        key: length
        value: PT5M
        kvType: DURATION
        namespace: company
      - id: get
        type: {_KV}.Get
        key: map
      - id: read
        type: io.kestra.plugin.core.debug.Return
        format: >-
          {{{{ kv('number') + 1 }}}} {{{{ kv('map').list[0] + 1 }}}} {{{{ kv('map').list[1] }}}}
          {{{{ kv('length') }}}} {{{{ kv('length', 'company') }}}} {{{{ kv('length', 'company.team') ?? 'nothing' }}}}
"""


def _pairs(store: Store, namespace: str = "company.team") -> StoredKeyValues:
    return StoredKeyValues(Place(Mock(spec=World, store=store), namespace, "flow", "execution"))


def test_an_execution_remembers_and_expressions_read_it(workshop: Workshop) -> None:
    execution = workshop.run(_FLOW)
    outputs = {run.task_id: run.outputs for run in execution.in_order()}
    assert outputs["get"] == {"value": {"list": [3, "3 apples"]}}
    assert outputs["read"] == {"value": "3 4 3 apples PT5M PT5M nothing"}


def test_a_missing_key_fails_an_expression_when_asked_to(workshop: Workshop) -> None:
    execution = workshop.run(
        """
        id: strict
        namespace: company.team
        tasks:
          - id: read
            type: io.kestra.plugin.core.debug.Return
            format: "{{ kv('none', errorOnMissing=true) }}"
        """
    )
    assert execution.state is State.FAILED
    assert "The key 'none' does not exist in the namespace 'company.team'." in workshop.messages(execution)[0]


def test_defaults_of_inputs_and_checks_read_keys(workshop: Workshop) -> None:
    _pairs(workshop.store).set("company", "name", value="Ada")
    execution = workshop.run(
        """
        id: greet
        namespace: company.team
        inputs:
          - id: name
            type: STRING
            defaults: "{{ kv('name') }}"
        checks:
          - condition: "{{ kv('name') == 'Ada' }}"
            message: who is it?
        tasks:
          - id: say
            type: io.kestra.plugin.core.debug.Return
            format: "{{ inputs.name }}"
        """
    )
    assert (execution.state, execution.inputs) == (State.SUCCESS, {"name": "Ada"})


def test_values_survive_the_service(tmp_path: Path) -> None:
    with open_workshop(tmp_path) as workshop:
        _pairs(workshop.store).set("team", "length", value=timedelta(days=1, microseconds=1))
    with open_workshop(tmp_path) as workshop:
        assert _pairs(workshop.store).get("team", "length") == timedelta(days=1, microseconds=1)


def test_maps_are_merged_in_one_step(workshop: Workshop) -> None:
    pairs = _pairs(workshop.store)
    with ThreadPoolExecutor(8) as threads:
        for merged in [threads.submit(pairs.merge, "team", "map", {str(number): number}) for number in range(40)]:
            merged.result()
    assert pairs.get("team", "map") == {str(number): number for number in range(40)}
    pairs.set("team", "text", value="x")
    assert pairs.merge("team", "text", {"a": 1}) == {"a": 1}


def test_many_pairs_are_purged_in_batches(workshop: Workshop) -> None:
    pairs = _pairs(workshop.store)
    for number in range(5):
        pairs.set("team", f"k{number}", value=number)
    with patch("gitops.engine.services.key_values.SIZE", 2):
        assert pairs.purge(lambda _namespace, key: key != "k3", expired_only=False) == 4
    assert pairs.keys("team") == ["k3"]
