"""The condition types: where the class of each name is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

CONDITIONS: Final[Mapping[str, str]] = {
    "io.kestra.plugin.core.condition.DateTimeBetween": "gitops.conditions.date_time_between:DateTimeBetween",
    "io.kestra.plugin.core.condition.DayWeek": "gitops.conditions.day_week:DayWeek",
    "io.kestra.plugin.core.condition.DayWeekInMonth": "gitops.conditions.day_week_in_month:DayWeekInMonth",
    "io.kestra.plugin.core.condition.ExecutionFlow": "gitops.conditions.execution_flow:ExecutionFlow",
    "io.kestra.plugin.core.condition.ExecutionLabels": "gitops.conditions.execution_labels:ExecutionLabels",
    "io.kestra.plugin.core.condition.ExecutionNamespace": "gitops.conditions.execution_namespace:ExecutionNamespace",
    "io.kestra.plugin.core.condition.ExecutionOutputs": "gitops.conditions.execution_outputs:ExecutionOutputs",
    "io.kestra.plugin.core.condition.ExecutionStatus": "gitops.conditions.execution_status:ExecutionStatus",
    "io.kestra.plugin.core.condition.Expression": "gitops.conditions.expression:Expression",
    "io.kestra.plugin.core.condition.FlowCondition": "gitops.conditions.flow_condition:FlowCondition",
    "io.kestra.plugin.core.condition.FlowNamespaceCondition": "gitops.conditions.flow_namespace_condition:FlowNamespaceCondition",
    "io.kestra.plugin.core.condition.HasRetryAttempt": "gitops.conditions.has_retry_attempt:HasRetryAttempt",
    "io.kestra.plugin.core.condition.MultipleCondition": "gitops.conditions.multiple_condition:MultipleCondition",
    "io.kestra.plugin.core.condition.Not": "gitops.conditions.not_:Not",
    "io.kestra.plugin.core.condition.Or": "gitops.conditions.or_:Or",
    "io.kestra.plugin.core.condition.PublicHoliday": "gitops.conditions.public_holiday:PublicHoliday",
    "io.kestra.plugin.core.condition.TimeBetween": "gitops.conditions.time_between:TimeBetween",
    "io.kestra.plugin.core.condition.Weekend": "gitops.conditions.weekend:Weekend",
}
