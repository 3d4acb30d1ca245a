"""The second step of a ForEachItem: a flow is called for each batch. It stands in no flow by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from gitops.execution.calling import Call, Render, RenderCall
from gitops.tasks.flow.child_execution import ChildExecution


class ForEachItemItems(ChildExecution):
    """Call a flow for each batch that the task `split` made."""

    type: Literal["io.kestra.plugin.core.flow.ForEachItem$ForEachItemExecutable"]
    split: str

    @property
    def before(self) -> str:
        """See Calling."""
        return self.split

    def items(self, render: Render) -> Sequence[str]:
        """The addresses of the batches."""
        lines = render("{{ read(taskrun.before.splits) }}")
        return str(lines).splitlines()

    def call(self, index: int, item: object, render: RenderCall) -> Call:
        """See Calling."""
        return self.rendered_call(render({"items": item, "iteration": index}))

    def outputs_when(self, counts: Mapping[str, int], render: Render) -> Mapping[str, object] | None:
        """See Calling."""
        address = str(render("{{ taskrun.before.splits }}"))
        folder = address.rpartition("/")[0]
        return {"numberOfBatches": sum(counts.values()), "uri": address, "subflowOutputsBaseUri": folder}
