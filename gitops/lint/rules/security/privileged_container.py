"""A container may do what its machine may.

## What it does

Finds `privileged: true`, `networkMode: host`, the user `root` and mounts of the Docker socket in task runners.

## Why it matters

Whoever gets into the container is on the machine, with the rights of root.

## Example

```yaml
id: hello
namespace: company.team
tasks:
  - id: run
    type: io.kestra.plugin.scripts.shell.Commands
    taskRunner:
      type: io.kestra.plugin.scripts.runner.docker.Docker
      networkMode: host
    commands:
      - ls
```

## Use instead

```yaml
id: hello
namespace: company.team
tasks:
  - id: run
    type: io.kestra.plugin.scripts.shell.Commands
    taskRunner:
      type: io.kestra.plugin.scripts.runner.docker.Docker
    commands:
      - ls
```
"""

from __future__ import annotations

from collections.abc import Iterator

from gitops.language.position import Path
from gitops.lint.finding import Finding, Severity
from gitops.lint.rule import rule
from gitops.lint.subject import Subject
from gitops.lint.words import value_words

_RIGHTS = {"privileged": (True, "true"), "networkMode": ("host",), "user": ("root", "0", 0), "pidMode": ("host",)}
_SOCKET = "docker.sock"
_PLACES = ("taskRunner", "docker")


@rule(severity=Severity.WARNING, since="0.2", about=_PLACES)
def privileged_container(subject: Subject) -> Iterator[Finding]:
    """Every right that reaches beyond the container."""
    for task in subject.outline.tasks:
        for place in _PLACES:
            holder = subject.at((*task.path, place))
            for path in _beyond(holder, (*task.path, place)) if isinstance(holder, dict) else ():
                yield subject.finding(
                    path,
                    "this reaches beyond the container",
                    found=value_words(subject.at(path)),
                    help="take it out, and give the container only what it needs",
                )


def _beyond(holder: dict[str, object], path: Path) -> Iterator[Path]:
    for name, values in _RIGHTS.items():
        if name in holder and holder[name] in values and holder[name] is not False:
            yield (*path, name)
    volumes = holder.get("volumes")
    for index, volume in enumerate(volumes if isinstance(volumes, list) else ()):
        if isinstance(volume, str) and _SOCKET in volume:
            yield (*path, "volumes", index)
