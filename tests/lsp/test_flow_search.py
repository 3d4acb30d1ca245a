"""Flows are found by the letters of their names."""

from __future__ import annotations

import pytest
from lsprotocol import types

from gitops.lsp.flow_search import flows_like
from tests.lsp.flows import around

FILES = {
    "company/team/load_orders.yml": "namespace: company.team\nid: load_orders\ntasks: []\n",
    "company/data/orders.yml": "id: orders\nnamespace: company.data\ntasks: []\n",
    "docker-compose.yml": "services: {}\n",
}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["orders", "load_orders"]),
        ("orders", ["orders", "load_orders"]),
        ("ld", ["load_orders"]),
        ("dataord", ["orders"]),
        ("Load Orders", ["load_orders"]),
        ("zz", []),
    ],
)
def test_flows_are_found_by_letters(query: str, found: list[str]) -> None:
    assert [each.name for each in flows_like(query, [around(FILES)])] == found


def test_a_flow_is_found_at_its_id() -> None:
    found = flows_like("load", [around(FILES)])[0]
    assert found.container_name == "company.team"
    assert found.location.uri.endswith("/company/team/load_orders.yml")
    assert found.location.range == types.Range(types.Position(1, 4), types.Position(1, 15))
