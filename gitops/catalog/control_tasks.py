"""The task types that steer executions and talk: flow, execution, log, debug, output, templating, metric, trigger."""

from __future__ import annotations

from gitops.language.task import Task
from gitops.tasks.debug.echo import Echo
from gitops.tasks.debug.return_ import Return
from gitops.tasks.execution.assert_ import Assert
from gitops.tasks.execution.count import Count
from gitops.tasks.execution.exit import Exit
from gitops.tasks.execution.fail import Fail
from gitops.tasks.execution.kill import Kill
from gitops.tasks.execution.labels import Labels
from gitops.tasks.execution.purge_executions import PurgeExecutions
from gitops.tasks.execution.resume import Resume
from gitops.tasks.execution.set_variables import SetVariables
from gitops.tasks.execution.unset_variables import UnsetVariables
from gitops.tasks.flow.allow_failure import AllowFailure
from gitops.tasks.flow.approval import Approval
from gitops.tasks.flow.dag import Dag
from gitops.tasks.flow.each_parallel import EachParallel
from gitops.tasks.flow.each_sequential import EachSequential
from gitops.tasks.flow.for_each import ForEach
from gitops.tasks.flow.for_each_item import ForEachItem
from gitops.tasks.flow.if_ import If
from gitops.tasks.flow.loop import Loop
from gitops.tasks.flow.loop_until import LoopUntil
from gitops.tasks.flow.parallel import Parallel
from gitops.tasks.flow.pause import Pause
from gitops.tasks.flow.purge_flows import PurgeFlows
from gitops.tasks.flow.sequential import Sequential
from gitops.tasks.flow.sleep import Sleep
from gitops.tasks.flow.subflow import Subflow
from gitops.tasks.flow.switch import Switch
from gitops.tasks.flow.template import Template
from gitops.tasks.flow.working_directory import WorkingDirectory
from gitops.tasks.log.fetch import Fetch
from gitops.tasks.log.log import Log
from gitops.tasks.log.purge_logs import PurgeLogs
from gitops.tasks.metric.publish import Publish
from gitops.tasks.metric.purge_metrics import PurgeMetrics
from gitops.tasks.output.output_values import OutputValues
from gitops.tasks.templating.templated_task import TemplatedTask
from gitops.tasks.trigger.toggle import Toggle

CONTROL_TASKS: tuple[type[Task], ...] = (
    Echo,
    Return,
    Assert,
    Count,
    Exit,
    Fail,
    Kill,
    Labels,
    PurgeExecutions,
    Resume,
    SetVariables,
    UnsetVariables,
    AllowFailure,
    Approval,
    Dag,
    EachParallel,
    EachSequential,
    ForEach,
    ForEachItem,
    If,
    Loop,
    LoopUntil,
    Parallel,
    Pause,
    PurgeFlows,
    Sequential,
    Sleep,
    Subflow,
    Switch,
    Template,
    WorkingDirectory,
    Fetch,
    Log,
    PurgeLogs,
    Publish,
    PurgeMetrics,
    OutputValues,
    TemplatedTask,
    Toggle,
)
