"""A container image may be another tomorrow.

## What it does

Finds images without a tag, or with the tag `latest`.

## Why it matters

The same flow does something else when somebody publishes a new image, and nobody can tell which one ran.

## Example

```yaml
id: hello
namespace: company.team
tasks:
  - id: run
    type: io.kestra.plugin.scripts.shell.Commands
    containerImage: ubuntu
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
    containerImage: ubuntu:24.04
    commands:
      - ls
```
"""

from __future__ import annotations

from collections.abc import Iterator

from gitops.language.quoting import quote
from gitops.lint.finding import Finding, Severity
from gitops.lint.rule import rule
from gitops.lint.sinks import IMAGES
from gitops.lint.subject import Subject


@rule(severity=Severity.WARNING, since="0.2", about=IMAGES)
def unpinned_image(subject: Subject) -> Iterator[Finding]:
    """Every image without a tag that stays."""
    for path, image in subject.texts(*IMAGES):
        name, _, tag = image.rpartition("/")[2].partition(":")
        if "{{" not in image and "@" not in image and name and tag in ("", "latest") and image.strip() == image:
            yield subject.finding(
                path,
                f"the image {quote(image)} may be another tomorrow",
                expected=quote(f"{image.removesuffix(':latest')}:<version>"),
                found=quote(image),
                help="name a version, or better a digest",
            )
