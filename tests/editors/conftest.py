"""What the editor tests share: the schema in a file, and one language server of each version for all of them."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from gitops.catalog.catalogue import catalogue
from gitops.catalog.schema import flow_schema
from tests.editors.language_server import LanguageServer, language_server
from tests.editors.node import Node, installed, package


@pytest.fixture(scope="session")
def node() -> Node:
    """A Node with the packages; without the registries the tests are skipped, and fail in CI."""
    try:
        return installed()
    except (OSError, subprocess.CalledProcessError) as error:
        reason = f"the editors cannot be installed: {error} {getattr(error, 'stderr', '')}"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)


@pytest.fixture(scope="session")
def schema_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The schema of flows as it is now."""
    file = tmp_path_factory.mktemp("schemas") / "flow.schema.json"
    file.write_text(json.dumps(flow_schema(catalogue())))
    return file


@pytest.fixture(scope="session", params=["yaml-language-server", "yaml-language-server-of-monaco"])
def server(request: pytest.FixtureRequest, node: Node, schema_file: Path) -> Iterator[LanguageServer]:
    """The newest language server, and the one that Monaco's YAML support holds."""
    program = package(request.param) / "bin/yaml-language-server"
    with language_server(node.program, program, schema_file) as running:
        yield running
