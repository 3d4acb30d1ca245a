"""What a case has beforehand: the environment, globals, key-values, namespace files, settings of the service."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.kestra.case import Case
from tests.kestra.service import Service, open_service
from tests.kestra.stage import Stage
from tests.kestra.values import given
from tests.kestra.web import ask, place

_KESTRA_ENVIRONMENT = "KESTRA_"
_OUR_ENVIRONMENT = "ENV_"


@contextmanager
def service_for(case: Case, shared: Service) -> Iterator[Service]:
    """The shared service, or one of its own for a case that needs other settings."""
    config = case.get("config")
    if not config:
        yield shared
        return
    with tempfile.TemporaryDirectory() as folder, open_service(Path(folder), **config) as service:
        yield service


def give_facts(stage: Stage) -> None:
    """Put everything in place that the case has before it deploys a flow; `env` is `environment`'s."""
    case = stage.case
    case.refuse("templates")
    stage.service.app.settings.variables.update(case.get("globals") or {})
    for namespace, values in (case.get("kv") or {}).items():
        for key, value in values.items():
            body = json.dumps(given(value)).encode()
            headers = {"content-type": "application/json"}
            ask(stage, "PUT", f"/namespaces/{namespace}/kv/{place(key)}", content=body, headers=headers)
    for namespace, files in (case.get("namespace_files") or {}).items():
        for path, content in files.items():
            _keep(stage.service, f"{namespace.replace('.', '/')}/_files/{path.lstrip('/')}", given(content))


def _keep(service: Service, path: str, content: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "file"
        source.write_text(content)
        service.app.storage.put(path, source)


@contextmanager
def environment(variables: Mapping[str, str]) -> Iterator[None]:
    """Have variables in the environment; what expressions may see begins with another prefix here than in Kestra."""
    ours = {_our_name(name): value for name, value in variables.items()}
    before = {name: os.environ.get(name) for name in ours}
    os.environ.update(ours)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _our_name(name: str) -> str:
    kestra = name.startswith(_KESTRA_ENVIRONMENT)
    return _OUR_ENVIRONMENT + name.removeprefix(_KESTRA_ENVIRONMENT) if kestra else name
