"""The table of rules, by name: those that check, and those whose findings the document and the schema make."""

from __future__ import annotations

from gitops.lint.rule import Rule
from gitops.lint.rules.bad_enum import bad_enum
from gitops.lint.rules.bad_format import bad_format
from gitops.lint.rules.cyclic_dependency import cyclic_dependency
from gitops.lint.rules.default_of_optional_input import default_of_optional_input
from gitops.lint.rules.deprecated_alias import deprecated_alias
from gitops.lint.rules.deprecated_property import deprecated_property
from gitops.lint.rules.deprecated_type import deprecated_type
from gitops.lint.rules.duplicate_flow import duplicate_flow
from gitops.lint.rules.duplicate_input_id import duplicate_input_id
from gitops.lint.rules.duplicate_key import duplicate_key
from gitops.lint.rules.duplicate_output_id import duplicate_output_id
from gitops.lint.rules.duplicate_task_id import duplicate_task_id
from gitops.lint.rules.duplicate_trigger_id import duplicate_trigger_id
from gitops.lint.rules.empty_file import empty_file
from gitops.lint.rules.empty_tasks import empty_tasks
from gitops.lint.rules.ignored_condition import ignored_condition
from gitops.lint.rules.increasing_durations import increasing_durations
from gitops.lint.rules.invalid_id import invalid_id
from gitops.lint.rules.misplaced_worker_group import misplaced_worker_group
from gitops.lint.rules.missing_bounds import missing_bounds
from gitops.lint.rules.missing_property import missing_property
from gitops.lint.rules.missing_trigger_input import missing_trigger_input
from gitops.lint.rules.multi_document import multi_document
from gitops.lint.rules.namespace_changed import namespace_changed
from gitops.lint.rules.not_runnable import not_runnable
from gitops.lint.rules.out_of_range import out_of_range
from gitops.lint.rules.path_mismatch import path_mismatch
from gitops.lint.rules.recursive_flow import recursive_flow
from gitops.lint.rules.removed_in_v2 import removed_in_v2
from gitops.lint.rules.reserved_id import reserved_id
from gitops.lint.rules.switch_without_branch import switch_without_branch
from gitops.lint.rules.two_names import two_names
from gitops.lint.rules.unfiltered_flow_trigger import unfiltered_flow_trigger
from gitops.lint.rules.unknown_dependency import unknown_dependency
from gitops.lint.rules.unknown_property import unknown_property
from gitops.lint.rules.unknown_type import unknown_type
from gitops.lint.rules.unquoted_expression import unquoted_expression
from gitops.lint.rules.unreachable_minimum import unreachable_minimum
from gitops.lint.rules.wrong_kind import wrong_kind
from gitops.lint.rules.yaml_limits import yaml_limits
from gitops.lint.rules.yaml_syntax import yaml_syntax
from gitops.lint.rules.yaml_tag import yaml_tag

RULES: dict[str, Rule] = {
    rule.name: rule
    for rule in (
        yaml_syntax,
        duplicate_key,
        unquoted_expression,
        multi_document,
        yaml_tag,
        yaml_limits,
        empty_file,
        missing_property,
        unknown_property,
        unknown_type,
        wrong_kind,
        bad_enum,
        bad_format,
        out_of_range,
        empty_tasks,
        not_runnable,
        two_names,
        increasing_durations,
        invalid_id,
        duplicate_task_id,
        duplicate_trigger_id,
        duplicate_input_id,
        duplicate_output_id,
        unknown_dependency,
        cyclic_dependency,
        recursive_flow,
        switch_without_branch,
        missing_bounds,
        unreachable_minimum,
        misplaced_worker_group,
        unfiltered_flow_trigger,
        ignored_condition,
        deprecated_alias,
        deprecated_type,
        deprecated_property,
        removed_in_v2,
        default_of_optional_input,
        missing_trigger_input,
        reserved_id,
        duplicate_flow,
        namespace_changed,
        path_mismatch,
    )
}
