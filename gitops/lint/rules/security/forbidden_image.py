"""An image comes from a registry that is not allowed.

## What it does

With the option `allowed` only: finds images from other registries. An image without a registry is `docker.io`'s.

## Why it matters

An organisation scans the images of its own registry, and no others.

## Example

```yaml
# setting: allowed: [registry.example.com]
id: hello
namespace: company.team
tasks:
  - id: run
    type: io.kestra.plugin.scripts.shell.Commands
    containerImage: ubuntu:24.04
    commands:
      - ls
```

## Use instead

```yaml
# setting: allowed: [registry.example.com]
id: hello
namespace: company.team
tasks:
  - id: run
    type: io.kestra.plugin.scripts.shell.Commands
    containerImage: registry.example.com/ubuntu:24.04
    commands:
      - ls
```
"""

from __future__ import annotations

from collections.abc import Iterator

from gitops.language.quoting import quote
from gitops.lint import words
from gitops.lint.finding import Finding, Severity
from gitops.lint.rule import option, rule
from gitops.lint.sinks import IMAGES
from gitops.lint.subject import Subject

ALLOWED = option(__name__, "allowed", (), "The registries that images may come from; none means any.")
_USUAL = "docker.io"


@rule(severity=Severity.ERROR, since="0.2", about=IMAGES, options=(ALLOWED,), needs=ALLOWED)
def forbidden_image(subject: Subject) -> Iterator[Finding]:
    """Every image from elsewhere."""
    allowed: tuple[str, ...] = subject.setting(ALLOWED)
    for path, image in subject.texts(*IMAGES) if allowed else ():
        host = _host(image)
        if "{{" not in image and host not in allowed:
            yield subject.finding(
                path,
                f"the image host {quote(host)} is not allowed",
                expected=words.one_of(allowed),
                found=quote(image),
                help="take the image from a registry that is allowed",
            )


def _host(image: str) -> str:
    first, slash, _ = image.partition("/")
    return first if slash and ("." in first or ":" in first or first == "localhost") else _USUAL
