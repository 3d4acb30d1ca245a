"""Making the deployed flows the desired ones: a plan becomes rows, all of them in the caller's transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from gitops.language.flow import Flow
from gitops.language.trigger import Trigger
from gitops.store.database import Connection
from gitops.store.flows import Revision
from gitops.store.store import Store
from gitops.store.triggers import TriggerState
from gitops.sync.plan import Action, Change, Desired, FlowKey, Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployment:
    """A plan with all that it needs to be applied: whose it is, the desired flows, and the new ones as models."""

    repository: str
    commit: str
    plan: Plan
    desired: Mapping[FlowKey, Desired]
    models: Mapping[FlowKey, Flow]
    at: datetime


def apply(store: Store, connection: Connection, deployment: Deployment) -> tuple[Change, ...]:
    """Write what the plan changes; returns the changes with the revisions that they got."""
    return tuple(_apply(store, connection, deployment, change) for change in deployment.plan.changes)


def _apply(store: Store, connection: Connection, deployment: Deployment, change: Change) -> Change:
    if change.action is Action.DELETE:
        store.flows.delete(connection, *change.key, at=deployment.at, commit=deployment.commit)
        store.triggers.delete(connection, *change.key)
        store.trigger_windows.delete_for_flow(connection, *change.key)
        store.kept_outputs.delete_for_flow(connection, *change.key)
        return change
    if change.action is Action.MOVE:
        store.flows.move(connection, _revision(deployment, change))
        return change
    flow = deployment.models[change.key]
    added = store.flows.add(connection, _described(_revision(deployment, change), flow))
    _replace_triggers(store, connection, flow, deployment.at)
    return replace(change, revision=added.revision)


def _revision(deployment: Deployment, change: Change) -> Revision:
    desired = deployment.desired[change.key]
    return Revision(
        namespace=desired.namespace,
        flow_id=desired.flow_id,
        source=desired.source,
        created_at=deployment.at,
        repository=deployment.repository,
        path=desired.path,
        commit=deployment.commit,
        blob=desired.blob,
    )


def _described(revision: Revision, flow: Flow) -> Revision:
    """The revision with what lists of flows show without reading sources."""
    return replace(
        revision,
        description=flow.description,
        labels=tuple((label.key, label.value) for label in flow.labels or ()),
        triggers=[_declaration(trigger) for trigger in flow.triggers],
        disabled=flow.disabled,
    )


def _declaration(trigger: Trigger) -> dict[str, str | None]:
    return {"id": trigger.id, "type": trigger.type, "description": trigger.description}


def _replace_triggers(store: Store, connection: Connection, flow: Flow, now: datetime) -> None:
    """Make the flow's triggers the deployed ones; what those remember that are edited or gone is forgotten."""
    states = [TriggerState.declared(flow, trigger, now) for trigger in flow.triggers]
    for key in store.triggers.replace_for_flow(connection, flow.namespace, flow.id, states):
        store.trigger_windows.delete(connection, key)
