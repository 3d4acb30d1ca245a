"""What stands behind the steps of a path in an expression: the variables of a place, and what they hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from gitops.language.outline import TaskOutline
from gitops.language.position import Path
from gitops.lint.expressions.outputs import outputs_of
from gitops.lint.expressions.references import Steps
from gitops.lint.facts.calls import CALLING
from gitops.lint.lookup import value_at
from gitops.lint.schema.acceptance import accepted
from gitops.lint.schema.kinds import Schema, properties
from gitops.lint.standing import LOOPS, Standing, in_loop, standing
from gitops.lint.subject import Subject
from gitops.lint.words import value_words
from gitops.lsp.flow_names import named
from gitops.lsp.variables import BY_TRIGGER, FIXED, OF_LOOPS, OF_TASKS, OF_TRIGGER, ROOTS, Known
from gitops.lsp.work_tree import Survey

_MAY_HAVE_RUN = (Standing.BEFORE, Standing.UNKNOWN)


class Knowledge:
    """What the expressions at a place of a flow may read."""

    def __init__(self, subject: Subject, path: Path, survey: Survey) -> None:
        self._subject = subject
        self._path = path
        self._survey = survey

    def behind(self, steps: Steps) -> list[Known]:
        """What may be the next step; nothing where that is not known."""
        if not steps:
            return list(self._roots())
        ways: dict[object, Callable[[Steps], Iterable[Known]]] = {
            "outputs": self._outputs,
            "inputs": self._inputs,
            "vars": self._variables,
            "tasks": self._states,
            "labels": self._labels,
            "trigger": self._triggers,
        }
        way = ways.get(steps[0])
        return list(FIXED.get(tuple(map(str, steps)), ()) if way is None else way(steps[1:]))

    def at(self, steps: Steps) -> Known | None:
        """What the last of the steps stands for."""
        last = steps[-1] if steps else None
        return next((each for each in self.behind(steps[:-1]) if each.name == last), None)

    def _roots(self) -> Iterator[Known]:
        held = self._subject.document.data
        data = held if isinstance(held, dict) else {}
        there = {"inputs": "inputs", "vars": "variables", "labels": "labels", "trigger": "triggers"}
        in_task = any(self._path[: len(task.path)] == task.path for task in self._subject.outline.tasks)
        for known in ROOTS:
            if known.name in OF_TASKS and not in_task:
                continue
            if known.name == "item" and not self._around("io.kestra.plugin.core.flow.Loop"):
                continue
            likely = there.get(known.name) is None or there[known.name] in data
            yield known._replace(likely=likely and (known.name not in OF_LOOPS or self._around(*LOOPS)))

    def _around(self, *types: str) -> bool:
        """Whether the place is in a task of one of these types."""
        kinds = self._subject.kinds
        return any(
            task.type is not None and kinds.today(task.type) in types and self._path[: len(task.path)] == task.path
            for task in self._subject.outline.tasks
        )

    def _inputs(self, rest: Steps) -> Iterator[Known]:
        """The inputs; an id with dots is several steps."""
        before = "".join(f"{step}." for step in rest)
        told: set[str] = set()
        for item in self._subject.outline.inputs:
            if item.id is not None and item.id.startswith(before):
                name, _, more = item.id.removeprefix(before).partition(".")
                if name and name not in told:
                    told.add(name)
                    yield Known(name, "" if more else item.type or "", "" if more else self._described(item.path))

    def _described(self, path: Path) -> str:
        said = value_at(self._subject.document.data, (*path, "description"))
        return said if isinstance(said, str) else ""

    def _outputs(self, rest: Steps) -> Iterator[Known]:
        if not rest:
            for task in self._subject.outline.tasks:
                if task.id is not None:
                    likely = not self._path or standing(self._subject, task, self._path) in _MAY_HAVE_RUN
                    yield Known(task.id, _short(task.type), self._described(task.path), likely=likely)
            return
        found = next((task for task in self._subject.outline.tasks if task.id == rest[0]), None)
        if found is not None:
            yield from self._of_task(found, rest[1:])

    def _of_task(self, task: TaskOutline, steps: Steps) -> Iterator[Known]:
        known = outputs_of(self._subject.kinds, task.type or "")
        schema: Schema = {"properties": known or {}}
        if in_loop(self._subject, task.path[:-1]) and steps[:1] and (known is None or steps[0] not in known):
            # The outputs of a task in a loop stand below the value that it ran for.
            steps = steps[1:]
        if steps[:1] == ("outputs",) and self._calls(task):
            yield from self._of_called(task) if len(steps) == 1 else ()
            return
        for step in steps:
            inner = properties(schema).get(str(step), schema.get("additionalProperties"))
            schema = self._subject.kinds.resolve(inner)
        yield from _of_schema(properties(schema))

    def _calls(self, task: TaskOutline) -> bool:
        return task.type is not None and self._subject.kinds.today(task.type) in CALLING

    def _of_called(self, task: TaskOutline) -> Iterator[Known]:
        """The outputs of the flow that a task calls."""
        data = value_at(self._subject.document.data, task.path)
        name = named(self._subject, task.path, data) if isinstance(data, dict) else None
        called = self._survey.find(*name.flow) if name is not None else None
        for output in called.outputs if called else ():
            yield Known(output.id, output.type or "")

    def _variables(self, rest: Steps) -> Iterator[Known]:
        held = value_at(self._subject.document.data, ("variables", *(0 if step is None else step for step in rest)))
        if isinstance(held, dict):
            yield from (Known(name, value_words(inner)) for name, inner in held.items())

    def _states(self, rest: Steps) -> list[Known]:
        if not rest:
            return [known._replace(likely=True) for known in self._outputs(())]
        return [Known("state", "a text", "The state that the task has ended in.")] if len(rest) == 1 else []

    def _labels(self, rest: Steps) -> Iterator[Known]:
        held = value_at(self._subject.document.data, ("labels",))
        if isinstance(held, list):
            held = {each.get("key"): each.get("value") for each in held if isinstance(each, dict)}
        if not rest and isinstance(held, dict):
            yield from (Known(name, value_words(value)) for name, value in held.items() if isinstance(name, str))
        if not rest:
            yield Known("system", "", "The labels that the service sets.")
        elif rest == ("system",):
            yield Known("correlationId", "a text", "The id that an execution shares with those that it creates.")

    def _triggers(self, rest: Steps) -> Iterator[Known]:
        """What the triggers of the flow may hand over, and what every trigger has."""
        if rest:
            return
        yield from OF_TRIGGER
        kinds = self._subject.kinds
        types = {kinds.today(trigger.type) for trigger in self._subject.outline.triggers if trigger.type}
        told: set[str] = set()
        for name, known in BY_TRIGGER.items():
            for each in known if name in types else ():
                if each.name not in told:
                    told.add(each.name)
                    yield each


def _of_schema(known: Mapping[str, Schema]) -> Iterator[Known]:
    for name, schema in known.items():
        yield Known(name, accepted(schema), str(schema.get("description", "")), schema)


def _short(name: str | None) -> str:
    return (name or "").rpartition(".")[2]
