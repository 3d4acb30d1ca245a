"""The services of one execution, each made when it is first asked for."""

from __future__ import annotations

from functools import cached_property

from gitops.engine.services.key_values import StoredKeyValues
from gitops.engine.services.log_records import StoredLogRecords
from gitops.engine.services.metric_records import StoredMetricRecords
from gitops.engine.services.namespace_files import StoredNamespaceFiles
from gitops.engine.services.old_revisions import StoredOldRevisions
from gitops.engine.services.past_executions import StoredPastExecutions
from gitops.engine.services.place import Place
from gitops.engine.services.stored_files import StoredStoredFiles
from gitops.engine.services.task_types import InstalledTaskTypes
from gitops.engine.services.trigger_switches import StoredTriggerSwitches


class StoredServices:
    """Implements Services."""

    def __init__(self, place: Place) -> None:
        self._place = place

    @cached_property
    def key_values(self) -> StoredKeyValues:
        """See Services."""
        return StoredKeyValues(self._place)

    @cached_property
    def namespace_files(self) -> StoredNamespaceFiles:
        """See Services."""
        return StoredNamespaceFiles(self._place)

    @cached_property
    def stored_files(self) -> StoredStoredFiles:
        """See Services."""
        return StoredStoredFiles(self._place)

    @cached_property
    def log_records(self) -> StoredLogRecords:
        """See Services."""
        return StoredLogRecords(self._place)

    @cached_property
    def past_executions(self) -> StoredPastExecutions:
        """See Services."""
        return StoredPastExecutions(self._place)

    @cached_property
    def old_revisions(self) -> StoredOldRevisions:
        """See Services."""
        return StoredOldRevisions(self._place)

    @cached_property
    def metric_records(self) -> StoredMetricRecords:
        """See Services."""
        return StoredMetricRecords(self._place)

    @cached_property
    def trigger_switches(self) -> StoredTriggerSwitches:
        """See Services."""
        return StoredTriggerSwitches(self._place)

    @cached_property
    def task_types(self) -> InstalledTaskTypes:
        """See Services."""
        return InstalledTaskTypes(self._place)
