"""The task types that move data: http, kv, namespace, state, storage: where the class of each name is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

DATA_TASKS: Final[Mapping[str, str]] = {
    "io.kestra.plugin.core.http.Download": "gitops.tasks.http.download:Download",
    "io.kestra.plugin.core.http.Request": "gitops.tasks.http.request:Request",
    "io.kestra.plugin.core.http.SseRequest": "gitops.tasks.http.sse_request:SseRequest",
    "io.kestra.plugin.core.kv.Delete": "gitops.tasks.kv.delete:Delete",
    "io.kestra.plugin.core.kv.Get": "gitops.tasks.kv.get:Get",
    "io.kestra.plugin.core.kv.Set": "gitops.tasks.kv.set_:Set",
    "io.kestra.plugin.core.kv.GetKeys": "gitops.tasks.kv.get_keys:GetKeys",
    "io.kestra.plugin.core.kv.PurgeKV": "gitops.tasks.kv.purge_kv:PurgeKV",
    "io.kestra.plugin.core.namespace.DeleteFiles": "gitops.tasks.namespace.delete_files:DeleteFiles",
    "io.kestra.plugin.core.namespace.DownloadFiles": "gitops.tasks.namespace.download_files:DownloadFiles",
    "io.kestra.plugin.core.namespace.PurgeFiles": "gitops.tasks.namespace.purge_files:PurgeFiles",
    "io.kestra.plugin.core.namespace.UploadFiles": "gitops.tasks.namespace.upload_files:UploadFiles",
    "io.kestra.plugin.core.state.Delete": "gitops.tasks.state.delete:Delete",
    "io.kestra.plugin.core.state.Get": "gitops.tasks.state.get:Get",
    "io.kestra.plugin.core.state.Set": "gitops.tasks.state.set_:Set",
    "io.kestra.plugin.core.storage.Concat": "gitops.tasks.storage.concat:Concat",
    "io.kestra.plugin.core.storage.DeduplicateItems": "gitops.tasks.storage.deduplicate_items:DeduplicateItems",
    "io.kestra.plugin.core.storage.Delete": "gitops.tasks.storage.delete:Delete",
    "io.kestra.plugin.core.storage.FilterItems": "gitops.tasks.storage.filter_items:FilterItems",
    "io.kestra.plugin.core.storage.LocalFiles": "gitops.tasks.storage.local_files:LocalFiles",
    "io.kestra.plugin.core.storage.PurgeCurrentExecutionFiles": "gitops.tasks.storage.purge_current_execution_files:PurgeCurrentExecutionFiles",
    "io.kestra.plugin.core.storage.PurgeStorage": "gitops.tasks.storage.purge_storage:PurgeStorage",
    "io.kestra.plugin.core.storage.Reverse": "gitops.tasks.storage.reverse:Reverse",
    "io.kestra.plugin.core.storage.Size": "gitops.tasks.storage.size:Size",
    "io.kestra.plugin.core.storage.Split": "gitops.tasks.storage.split:Split",
    "io.kestra.plugin.core.storage.Write": "gitops.tasks.storage.write:Write",
}
