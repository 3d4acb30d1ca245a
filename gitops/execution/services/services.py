"""All services together, as a task reaches them through its context."""

from __future__ import annotations

from typing import Protocol

from gitops.execution.services.key_values import KeyValues
from gitops.execution.services.log_records import LogRecords
from gitops.execution.services.metric_records import MetricRecords
from gitops.execution.services.namespace_files import NamespaceFiles
from gitops.execution.services.old_revisions import OldRevisions
from gitops.execution.services.past_executions import PastExecutions
from gitops.execution.services.stored_files import StoredFiles
from gitops.execution.services.task_types import TaskTypes
from gitops.execution.services.trigger_switches import TriggerSwitches


class Services(Protocol):
    """What the world offers to the tasks of one execution."""

    @property
    def key_values(self) -> KeyValues:
        """The key-value pairs of a namespace, with expiry."""
        ...

    @property
    def namespace_files(self) -> NamespaceFiles:
        """The files of a namespace."""
        ...

    @property
    def stored_files(self) -> StoredFiles:
        """The files that executions keep in internal storage: listed and deleted."""
        ...

    @property
    def log_records(self) -> LogRecords:
        """The logs of executions: fetched and purged."""
        ...

    @property
    def past_executions(self) -> PastExecutions:
        """Executions: counted, purged, resumed."""
        ...

    @property
    def old_revisions(self) -> OldRevisions:
        """The revisions of flows that are not live any more: purged."""
        ...

    @property
    def metric_records(self) -> MetricRecords:
        """What task runs measured: purged."""
        ...

    @property
    def trigger_switches(self) -> TriggerSwitches:
        """Triggers: switched on and off while the service runs."""
        ...

    @property
    def task_types(self) -> TaskTypes:
        """The types of tasks: a task that is written while the flow runs is read by them."""
        ...
