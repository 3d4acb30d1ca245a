"""Delete expired keys, or old versions of values, from the key-value store.

## Example
    id: purge_keys
    namespace: company.team
    tasks:
      - id: purge
        type: io.kestra.plugin.core.kv.PurgeKV
        namespaces:
          - company.team
        behavior:
          type: key
          expiredOnly: true
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, Field

from gitops.execution.runnable import RunContext, Runnable
from gitops.language.dates import Instant
from gitops.language.model import Model, deprecated
from gitops.language.scalars import Templated, TemplatedStr, Text
from gitops.tasks.namespace.meant import is_meant, refuse_both


class KeyPurge(Model):
    """Delete keys with all that they hold."""

    type: Literal["key"]
    expired_only: Templated[bool] = Field(True, description="Whether only keys are deleted whose time is over.")


class VersionPurge(Model):
    """Delete old versions of values; the key stays."""

    type: Literal["version"]
    before: Templated[Instant] | None = Field(None, description="Younger versions stay; the last one always does.")
    keep_amount: Templated[Annotated[int, Field(ge=0)]] | None = Field(
        None, description="How many of the newest versions of each key stay."
    )


class PurgeKVOutput(Model):
    """How much was deleted."""

    size: int = Field(description="How many entries were deleted.")


class PurgeKV(Runnable):
    """Delete keys, or old versions of values, from the key-value store of one, several or all namespaces."""

    Output: ClassVar[type[BaseModel]] = PurgeKVOutput

    type: Literal["io.kestra.plugin.core.kv.PurgeKV"]
    namespaces: Templated[tuple[Text, ...]] = Field((), description="The namespaces; all when there is none.")
    namespace_pattern: TemplatedStr | None = Field(
        None, description="A pattern of namespaces such as `company.*`, in place of `namespaces`."
    )
    include_child_namespaces: Templated[bool] = Field(True, description="Whether the namespaces below count too.")
    key_pattern: TemplatedStr | None = Field(None, description="A pattern of keys such as `order_*`.")
    behavior: Annotated[KeyPurge | VersionPurge, Field(discriminator="type")] = Field(
        default_factory=lambda: KeyPurge(type="key"), description="What is deleted: expired keys by default."
    )
    expired_only: Templated[bool] | None = Field(
        None,
        description="Whether only keys are deleted whose time is over; counts more than `behavior`.",
        json_schema_extra=deprecated("use `behavior` with `type: key`"),
    )

    def run(self, context: RunContext) -> PurgeKVOutput:
        """Delete what is meant. The store keeps one version of each value, the last one, so old ones are none."""
        refuse_both(self)
        if isinstance(self.behavior, VersionPurge) and self.expired_only is None:
            return PurgeKVOutput(size=0)
        purge = context.services.key_values.purge
        return PurgeKVOutput(size=purge(self._is_wanted, expired_only=self._only_expired()))

    def _only_expired(self) -> bool:
        if self.expired_only is not None:
            return self.expired_only
        return not isinstance(self.behavior, KeyPurge) or self.behavior.expired_only

    def _is_wanted(self, namespace: str, key: str) -> bool:
        return is_meant(namespace, self) and (self.key_pattern is None or fnmatchcase(key, self.key_pattern))
