"""The task runner types: where the class of each name is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

RUNNERS: Final[Mapping[str, str]] = {
    "io.kestra.plugin.ee.aws.runner.Batch": "gitops.tasks.scripts.runners.aws_batch:AwsBatch",
    "io.kestra.plugin.ee.azure.runner.Batch": "gitops.tasks.scripts.runners.azure_batch:AzureBatch",
    "io.kestra.plugin.scripts.runner.docker.Docker": "gitops.tasks.scripts.runners.docker:Docker",
    "io.kestra.plugin.ee.gcp.runner.Batch": "gitops.tasks.scripts.runners.google_batch:GoogleBatch",
    "io.kestra.plugin.ee.gcp.runner.CloudRun": "gitops.tasks.scripts.runners.google_cloud_run:GoogleCloudRun",
    "io.kestra.plugin.ee.kubernetes.runner.Kubernetes": "gitops.tasks.scripts.runners.kubernetes:Kubernetes",
    "io.kestra.plugin.core.runner.Process": "gitops.tasks.scripts.runners.process:Process",
}
