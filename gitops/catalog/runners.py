"""The task runner types."""

from __future__ import annotations

from gitops.tasks.scripts.runners.aws_batch import AwsBatch
from gitops.tasks.scripts.runners.azure_batch import AzureBatch
from gitops.tasks.scripts.runners.docker import Docker
from gitops.tasks.scripts.runners.google_batch import GoogleBatch
from gitops.tasks.scripts.runners.google_cloud_run import GoogleCloudRun
from gitops.tasks.scripts.runners.kubernetes import Kubernetes
from gitops.tasks.scripts.runners.process import Process
from gitops.tasks.scripts.runners.runner import TaskRunner

RUNNERS: tuple[type[TaskRunner], ...] = (
    AwsBatch,
    AzureBatch,
    Docker,
    GoogleBatch,
    GoogleCloudRun,
    Kubernetes,
    Process,
)
