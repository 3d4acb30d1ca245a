"""A secret is read that nobody has declared.

## What it does

With the option `names` only: finds `secret('X')` where `X` is not among the names. Names that an expression makes up
are left alone.

## Why it matters

A secret that is not there fails the task. A list of names also says what an installation has to bring.

## Example

```yaml
# setting: names: [API_TOKEN]
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: "{{ secret('TOKEN') }}"
```

## Use instead

```yaml
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
```
"""

from __future__ import annotations

from collections.abc import Iterator

from gitops.language.expression.tree import Literal
from gitops.language.quoting import quote
from gitops.lint import words
from gitops.lint.expressions.references import FUNCTION
from gitops.lint.finding import Finding, Severity
from gitops.lint.rule import option, rule
from gitops.lint.rule_entry import Profile
from gitops.lint.subject import Subject

NAMES = option(__name__, "names", (), "The names of the secrets that there are.")


@rule(
    severity=Severity.WARNING,
    since="0.2",
    profile=Profile.STRICT,
    about=("{{ function secret",),
    options=(NAMES,),
    needs=NAMES,
)
def undeclared_secret(subject: Subject) -> Iterator[Finding]:
    """Every secret by a name that is not declared."""
    names = subject.setting(NAMES)
    for use, called in subject.calls if names else ():
        key = called.arguments.positional[:1] or [value for name, value in called.arguments.named if name == "key"]
        if called.kind == FUNCTION and called.name == "secret" and key and isinstance(key[0], Literal):
            name = str(key[0].value)
            if name not in names:
                yield subject.finding(
                    use.path,
                    f"the secret {quote(name)} is not declared",
                    key=use.key,
                    within=key[0].span,
                    expected=words.one_of(names),
                    found=quote(name),
                    help=words.did_you_mean(words.closest(name, names)) or "add it to the option `names`",
                )
