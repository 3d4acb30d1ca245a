"""A container image is named by a tag.

## What it does

Finds images that are named by a tag and not by a digest (`name@sha256:…`).

## Why it matters

A tag can be moved to another image; a digest cannot.

## Example

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

## Use instead

```yaml
id: hello
namespace: company.team
tasks:
  - id: run
    type: io.kestra.plugin.scripts.shell.Commands
    containerImage: ubuntu@sha256:80dd3c3b9c6cecb9f1667e9290b3bc61b78c2678c02cbdae5f0fea92cc6734ab
    commands:
      - ls
```
"""

from __future__ import annotations

from collections.abc import Iterator

from gitops.language.quoting import quote
from gitops.lint.finding import Finding, Severity
from gitops.lint.rule import rule
from gitops.lint.rule_entry import Profile
from gitops.lint.sinks import IMAGES
from gitops.lint.subject import Subject


@rule(severity=Severity.INFO, since="0.2", profile=Profile.SECURITY, about=IMAGES)
def image_without_digest(subject: Subject) -> Iterator[Finding]:
    """Every image with a version that can be moved; those without any are another rule's."""
    for path, image in subject.texts(*IMAGES):
        tag = image.rpartition("/")[2].partition(":")[2]
        if "{{" not in image and "@" not in image and tag not in ("", "latest"):
            yield subject.finding(
                path,
                f"the tag of {quote(image)} can be moved",
                expected="`name@sha256:…`",
                found=quote(image),
                help="write the digest that `docker image inspect` shows",
            )
