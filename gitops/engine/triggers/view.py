"""A trigger of a live flow as it decides: what its expressions see, whether its conditions hold, and what it orders."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Generic, TypeVar

from gitops.engine.attempts.context import Mask, Surroundings
from gitops.engine.creation import Order
from gitops.engine.functions.world import ReadKey, world
from gitops.engine.redaction import Redactor
from gitops.errors import ExpressionError, GitopsError
from gitops.execution.state import TriggeredBy
from gitops.execution.tree import FlowTree
from gitops.execution.variables import Variables
from gitops.language.expression.template import render
from gitops.language.expression.values import is_truthy, text
from gitops.language.inputs.resolve import resolve_inputs
from gitops.language.label import Label
from gitops.language.rendered import Render
from gitops.language.trigger import FollowingTrigger, TimedTrigger, Trigger
from gitops.language.upstream import Facts, Upstream

_log = logging.getLogger(__name__)
T = TypeVar("T", bound=Trigger)
_NOTHING: Mapping[str, object] = {}


@dataclass(frozen=True, slots=True)
class TriggerView(Generic[T]):
    """A trigger, the revision of its flow, and the surroundings.

    `told` is always what `trigger.*` holds; `more` are variables beside it.
    """

    trigger: T
    tree: FlowTree
    revision: int
    surroundings: Surroundings

    def render_with(
        self,
        told: Mapping[str, object],
        more: Mapping[str, object] = _NOTHING,
        mask: Mask | None = None,
        *,
        typed: bool = False,
    ) -> Render:
        """Renders values as this trigger sees them; `mask` is told every secret that is read."""
        known, functions = self.variables(told, more), world(mask or Redactor().learn, read_key=self._keys())
        return lambda value: render(value, known, functions, typed=typed)

    def admits(self, told: Mapping[str, object]) -> bool:
        """Whether the conditions and `when` allow an execution; raises ExpressionError when that cannot be said."""
        return self.is_wanted(told) and self.fits(told)

    def is_wanted(self, told: Mapping[str, object]) -> bool:
        """Whether `when` allows an execution; raises ExpressionError."""
        when = self.trigger.when
        return when is None or is_truthy(self.render_with(told)(when))

    def fits(
        self, told: Mapping[str, object], upstream: Upstream | None = None, more: Mapping[str, object] = _NOTHING
    ) -> bool:
        """Whether the conditions hold; raises ExpressionError."""
        conditions = self.trigger.tested()
        if not conditions:
            return True
        rendering, facts = self.render_with(told, more), self.facts(upstream)
        return all(condition.holds(facts, rendering) for condition in conditions)

    def facts(self, upstream: Upstream | None = None) -> Facts:
        """What conditions look at."""
        return Facts(self.tree.flow.namespace, self.tree.flow.id, upstream)

    def order(
        self,
        told: Mapping[str, object],
        *,
        inputs: Mapping[str, object] = _NOTHING,
        labels: Sequence[tuple[str, str]] = (),
        more: Mapping[str, object] = _NOTHING,
    ) -> Order:
        """What the trigger orders: its inputs and labels, rendered, and more of both; raises ExpressionError."""
        rendering = self.render_with(told, more)
        rendered = rendering(self.trigger.inputs or {})
        own = rendered if isinstance(rendered, Mapping) else {}
        by = TriggeredBy(id=self.trigger.id, type=self.trigger.type, variables=told)
        # Nobody is there to be asked when an execution follows another one.
        asked = not isinstance(self.trigger, FollowingTrigger)
        return Order(inputs={**own, **inputs}, labels=[*self.labels(told), *labels], trigger=by, demanding=asked)

    def labels(self, told: Mapping[str, object], declared: Sequence[Label] | None = None) -> list[tuple[str, str]]:
        """Labels, those of the trigger unless others are given, rendered; one that cannot be rendered is left out."""
        chosen = self.trigger.labels or () if declared is None else declared
        return list(self._rendered(chosen, self.render_with(told)))

    def variables(self, told: Mapping[str, object], more: Mapping[str, object] = _NOTHING) -> Variables:
        """What expressions see."""
        flow, trigger = self.tree.flow, {"id": self.trigger.id, "type": self.trigger.type, **told}
        known: dict[str, object] = {
            "flow": {"id": flow.id, "namespace": flow.namespace, "revision": self.revision, "tenantId": "main"},
            "vars": flow.variables or {},
            "labels": {label.key: label.value for label in flow.labels or ()},
            "trigger": trigger,
            **({"schedule": trigger} if isinstance(self.trigger, TimedTrigger) else {}),
            **more,
        }
        before = self.surroundings.before(known)
        return before.extended({"inputs": lambda: self._defaults(before)})

    def _rendered(self, labels: Iterable[Label], rendering: Render) -> Iterator[tuple[str, str]]:
        for label in labels:
            try:
                yield label.key, text(rendering(label.value))
            except ExpressionError as error:
                place = f"trigger {self.trigger.id} of {self.tree.flow.namespace}.{self.tree.flow.id}"
                _log.warning("%s: label %s is left out: %s", place, label.key, error)

    def _keys(self) -> ReadKey | None:
        return self.surroundings.keys(self.tree.flow.namespace)

    def _defaults(self, known: Variables) -> Mapping[str, object]:
        """The defaults of the flow's inputs; none when they do not fit."""

        def render_more(value: object, more: Mapping[str, object]) -> object:
            seen = known.extended({name: partial(more.get, name) for name in more})
            return render(value, seen, world(Redactor().learn, read_key=self._keys()), typed=True)

        declared = [each for each in self.tree.flow.inputs if each.defaults is not None]
        try:
            return resolve_inputs(declared, {}, render_more)
        except GitopsError:
            return {}
