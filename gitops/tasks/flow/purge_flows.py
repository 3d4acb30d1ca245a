"""Delete old revisions of flows; the newest one always stays.

## Example
    id: purge_revisions
    namespace: company.team
    tasks:
      - id: purge
        type: io.kestra.plugin.core.flow.PurgeFlows
        namespaces:
          - company
        behavior:
          type: version
          keepAmount: 10
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, Field

from gitops.errors import TaskFailed
from gitops.execution.runnable import RunContext, Runnable
from gitops.language.dates import Instant
from gitops.language.model import Model
from gitops.language.scalars import Templated, TemplatedStr, Text
from gitops.tasks.namespace.meant import is_meant, refuse_both


class RevisionPurge(Model):
    """Which old revisions go: all but the newest ones, or all before a date; one of the two."""

    type: Literal["version"] = Field("version", description="Old revisions are deleted; there is no other choice.")
    before: Templated[Instant] | None = Field(None, description="Revisions made later than this stay.")
    keep_amount: Templated[Annotated[int, Field(ge=1)]] | None = Field(
        None, description="How many of the newest revisions of each flow stay."
    )


class PurgeFlowsOutput(Model):
    """How much was deleted."""

    size: int = Field(description="How many revisions were deleted.")


class PurgeFlows(Runnable):
    """Delete old revisions of the flows of one, several or all namespaces."""

    Output: ClassVar[type[BaseModel]] = PurgeFlowsOutput

    type: Literal["io.kestra.plugin.core.flow.PurgeFlows"]
    flow_pattern: TemplatedStr | None = Field(
        None, description="A pattern of flow ids such as `old_*`; all by default."
    )
    namespaces: Templated[tuple[Text, ...]] = Field((), description="The namespaces; all when there is none.")
    namespace_pattern: TemplatedStr | None = Field(
        None, description="A pattern of namespaces such as `company.*`, in place of `namespaces`."
    )
    include_child_namespaces: Templated[bool] = Field(True, description="Whether the namespaces below count too.")
    behavior: RevisionPurge = Field(
        default_factory=lambda: RevisionPurge(keep_amount=1),
        description="Which revisions are deleted; all but the newest one by default.",
    )

    def run(self, context: RunContext) -> PurgeFlowsOutput:
        """Delete the revisions; those that an execution ran stay, so that it can be read, replayed and restarted."""
        refuse_both(self)
        which = self.behavior
        if (which.before is None) is (which.keep_amount is None):
            raise TaskFailed("behavior: expected `keepAmount` or `before`, one of the two")
        size = context.services.old_revisions.purge(self._is_meant, keep=which.keep_amount, before=which.before)
        return PurgeFlowsOutput(size=size)

    def _is_meant(self, namespace: str, flow_id: str) -> bool:
        return is_meant(namespace, self) and (self.flow_pattern is None or fnmatchcase(flow_id, self.flow_pattern))
