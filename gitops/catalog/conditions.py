"""The condition types."""

from __future__ import annotations

from gitops.conditions.date_time_between import DateTimeBetween
from gitops.conditions.day_week import DayWeek
from gitops.conditions.day_week_in_month import DayWeekInMonth
from gitops.conditions.execution_flow import ExecutionFlow
from gitops.conditions.execution_labels import ExecutionLabels
from gitops.conditions.execution_namespace import ExecutionNamespace
from gitops.conditions.execution_outputs import ExecutionOutputs
from gitops.conditions.execution_status import ExecutionStatus
from gitops.conditions.expression import Expression
from gitops.conditions.flow_condition import FlowCondition
from gitops.conditions.flow_namespace_condition import FlowNamespaceCondition
from gitops.conditions.has_retry_attempt import HasRetryAttempt
from gitops.conditions.multiple_condition import MultipleCondition
from gitops.conditions.not_ import Not
from gitops.conditions.or_ import Or
from gitops.conditions.public_holiday import PublicHoliday
from gitops.conditions.time_between import TimeBetween
from gitops.conditions.weekend import Weekend
from gitops.language.condition import Condition

CONDITIONS: tuple[type[Condition], ...] = (
    DateTimeBetween,
    DayWeek,
    DayWeekInMonth,
    ExecutionFlow,
    ExecutionLabels,
    ExecutionNamespace,
    ExecutionOutputs,
    ExecutionStatus,
    Expression,
    FlowCondition,
    FlowNamespaceCondition,
    HasRetryAttempt,
    MultipleCondition,
    Not,
    Or,
    PublicHoliday,
    TimeBetween,
    Weekend,
)
