"""The task types that steer executions, talk and measure: where the class of each name is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

CONTROL_TASKS: Final[Mapping[str, str]] = {
    "io.kestra.plugin.core.debug.Echo": "gitops.tasks.debug.echo:Echo",
    "io.kestra.plugin.core.debug.Return": "gitops.tasks.debug.return_:Return",
    "io.kestra.plugin.core.execution.Assert": "gitops.tasks.execution.assert_:Assert",
    "io.kestra.plugin.core.execution.Count": "gitops.tasks.execution.count:Count",
    "io.kestra.plugin.core.execution.Exit": "gitops.tasks.execution.exit:Exit",
    "io.kestra.plugin.core.execution.Fail": "gitops.tasks.execution.fail:Fail",
    "io.kestra.plugin.core.execution.Kill": "gitops.tasks.execution.kill:Kill",
    "io.kestra.plugin.core.execution.Labels": "gitops.tasks.execution.labels:Labels",
    "io.kestra.plugin.core.execution.PurgeExecutions": "gitops.tasks.execution.purge_executions:PurgeExecutions",
    "io.kestra.plugin.core.execution.Resume": "gitops.tasks.execution.resume:Resume",
    "io.kestra.plugin.core.execution.SetVariables": "gitops.tasks.execution.set_variables:SetVariables",
    "io.kestra.plugin.core.execution.UnsetVariables": "gitops.tasks.execution.unset_variables:UnsetVariables",
    "io.kestra.plugin.core.flow.AllowFailure": "gitops.tasks.flow.allow_failure:AllowFailure",
    "io.kestra.plugin.core.flow.Approval": "gitops.tasks.flow.approval:Approval",
    "io.kestra.plugin.core.flow.Dag": "gitops.tasks.flow.dag:Dag",
    "io.kestra.plugin.core.flow.EachParallel": "gitops.tasks.flow.each_parallel:EachParallel",
    "io.kestra.plugin.core.flow.EachSequential": "gitops.tasks.flow.each_sequential:EachSequential",
    "io.kestra.plugin.core.flow.ForEach": "gitops.tasks.flow.for_each:ForEach",
    "io.kestra.plugin.core.flow.ForEachItem": "gitops.tasks.flow.for_each_item:ForEachItem",
    "io.kestra.plugin.core.flow.If": "gitops.tasks.flow.if_:If",
    "io.kestra.plugin.core.flow.Loop": "gitops.tasks.flow.loop:Loop",
    "io.kestra.plugin.core.flow.LoopUntil": "gitops.tasks.flow.loop_until:LoopUntil",
    "io.kestra.plugin.core.flow.Parallel": "gitops.tasks.flow.parallel:Parallel",
    "io.kestra.plugin.core.flow.Pause": "gitops.tasks.flow.pause:Pause",
    "io.kestra.plugin.core.flow.PurgeFlows": "gitops.tasks.flow.purge_flows:PurgeFlows",
    "io.kestra.plugin.core.flow.Sequential": "gitops.tasks.flow.sequential:Sequential",
    "io.kestra.plugin.core.flow.Sleep": "gitops.tasks.flow.sleep:Sleep",
    "io.kestra.plugin.core.flow.Subflow": "gitops.tasks.flow.subflow:Subflow",
    "io.kestra.plugin.core.flow.Switch": "gitops.tasks.flow.switch:Switch",
    "io.kestra.plugin.core.flow.Template": "gitops.tasks.flow.template:Template",
    "io.kestra.plugin.core.flow.WorkingDirectory": "gitops.tasks.flow.working_directory:WorkingDirectory",
    "io.kestra.plugin.core.log.Fetch": "gitops.tasks.log.fetch:Fetch",
    "io.kestra.plugin.core.log.Log": "gitops.tasks.log.log:Log",
    "io.kestra.plugin.core.log.PurgeLogs": "gitops.tasks.log.purge_logs:PurgeLogs",
    "io.kestra.plugin.core.metric.Publish": "gitops.tasks.metric.publish:Publish",
    "io.kestra.plugin.core.metric.PurgeMetrics": "gitops.tasks.metric.purge_metrics:PurgeMetrics",
    "io.kestra.plugin.core.output.OutputValues": "gitops.tasks.output.output_values:OutputValues",
    "io.kestra.plugin.core.templating.TemplatedTask": "gitops.tasks.templating.templated_task:TemplatedTask",
    "io.kestra.plugin.core.trigger.Toggle": "gitops.tasks.trigger.toggle:Toggle",
}
