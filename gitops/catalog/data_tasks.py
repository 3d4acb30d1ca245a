"""The task types that move data: http, kv, namespace, state, storage."""

from __future__ import annotations

from gitops.language.task import Task
from gitops.tasks.http.download import Download
from gitops.tasks.http.request import Request
from gitops.tasks.http.sse_request import SseRequest
from gitops.tasks.kv.delete import Delete as KvDelete
from gitops.tasks.kv.get import Get as KvGet
from gitops.tasks.kv.get_keys import GetKeys
from gitops.tasks.kv.purge_kv import PurgeKV
from gitops.tasks.kv.set_ import Set as KvSet
from gitops.tasks.namespace.delete_files import DeleteFiles
from gitops.tasks.namespace.download_files import DownloadFiles
from gitops.tasks.namespace.purge_files import PurgeFiles
from gitops.tasks.namespace.upload_files import UploadFiles
from gitops.tasks.state.delete import Delete as StateDelete
from gitops.tasks.state.get import Get as StateGet
from gitops.tasks.state.set_ import Set as StateSet
from gitops.tasks.storage.concat import Concat
from gitops.tasks.storage.deduplicate_items import DeduplicateItems
from gitops.tasks.storage.delete import Delete as StorageDelete
from gitops.tasks.storage.filter_items import FilterItems
from gitops.tasks.storage.local_files import LocalFiles
from gitops.tasks.storage.purge_current_execution_files import PurgeCurrentExecutionFiles
from gitops.tasks.storage.purge_storage import PurgeStorage
from gitops.tasks.storage.reverse import Reverse
from gitops.tasks.storage.size import Size
from gitops.tasks.storage.split import Split
from gitops.tasks.storage.write import Write

DATA_TASKS: tuple[type[Task], ...] = (
    Download,
    Request,
    SseRequest,
    KvDelete,
    KvGet,
    KvSet,
    GetKeys,
    PurgeKV,
    DeleteFiles,
    DownloadFiles,
    PurgeFiles,
    UploadFiles,
    StateDelete,
    StateGet,
    StateSet,
    Concat,
    DeduplicateItems,
    StorageDelete,
    FilterItems,
    LocalFiles,
    PurgeCurrentExecutionFiles,
    PurgeStorage,
    Reverse,
    Size,
    Split,
    Write,
)
