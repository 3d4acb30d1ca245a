"""What the YAML language server tells about what is under the mouse."""

from __future__ import annotations

import pytest

from tests.editors.flow_texts import in_list, in_tasks
from tests.editors.language_server import LanguageServer

pytestmark = [pytest.mark.editor, pytest.mark.xdist_group("editors")]


@pytest.mark.parametrize("type_line", ["ty|pe: io.kestra.plugin.core.log.Log", "type: io.kestra.pl|ugin.core.log.Log"])
def test_a_type_tells_what_it_is_with_its_example_and_not_every_other_type(
    server: LanguageServer, type_line: str
) -> None:
    told = server.hover(in_tasks(f"id: t\n{type_line}\nmessage: m"))
    assert told.startswith("#### Log\n\nWrite one line, or one line for each item of a list.")
    assert "```yaml\nid: hello" in told
    assert "Allowed" not in told


def test_a_deprecated_type_is_told_to_be_deprecated(server: LanguageServer) -> None:
    told = server.hover(in_tasks("id: t\ntype: io.kestra.plugin.core.de|bug.Echo\nformat: m"))
    assert told.startswith("#### Echo (deprecated)")
    assert "use `io.kestra.plugin.core.log.Log`" in told


def test_a_property_tells_its_meaning_default_and_values(server: LanguageServer) -> None:
    told = server.hover(in_tasks("id: t\ntype: io.kestra.plugin.core.log.Log\nmessage: m\nlog|Level: INFO"))
    assert "The quietest level that is kept of this task's log." in told
    assert "Default: `TRACE`" in told


def test_a_property_of_a_trigger_tells_the_form_of_its_value(server: LanguageServer) -> None:
    trigger = "id: t\ntype: io.kestra.plugin.core.trigger.Schedule\ncron: '@daily'\nlateMax|imumDelay: PT1H"
    assert "Value: an ISO-8601 duration such as PT30S, PT5M, PT1H30M or P1D." in server.hover(
        in_list("triggers", trigger)
    )


def test_a_deprecated_property_tells_what_to_use(server: LanguageServer) -> None:
    task = "id: t\ntype: io.kestra.plugin.core.http.Request\nuri: http://a\nallow|Failed: true"
    assert "**(deprecated)** use `options.allowFailed`." in server.hover(in_tasks(task))
