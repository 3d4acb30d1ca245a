"""The properties of everything that sends a request: the task types of this group and the trigger http.Trigger."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from gitops.language.model import Model, deprecated
from gitops.language.scalars import Templated, TemplatedStr
from gitops.tasks.http.options import Options, Ssl

Method = Literal["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE"]
MULTIPART = "multipart/form-data"
_ERROR_STATUS = 400


class RequestProperties(Model):
    """What is asked, and how."""

    uri: TemplatedStr = Field(description="The address.")
    method: Templated[Method] = Field("GET", description="The HTTP method.")
    params: Templated[dict[str, Any]] | None = Field(None, description="Query parameters, added to those of `uri`.")
    headers: Templated[dict[str, Any]] | None = Field(None, description="Headers.")
    body: TemplatedStr | None = Field(None, description="The body as text.")
    form_data: Templated[dict[str, Any]] | None = Field(
        None,
        description="Form fields, sent in place of a body; in a multipart form `kestra://` addresses become files.",
    )
    content_type: TemplatedStr = Field(
        "application/json", description=f"The body's type; `{MULTIPART}` makes form fields the parts of a message."
    )
    options: Options = Field(default_factory=Options, description="How the request is sent.")
    ssl_options: Ssl | None = Field(
        None, description="Which certificates are trusted.", json_schema_extra=deprecated("use `options.ssl`")
    )

    def trusts_all(self) -> bool:
        """Whether every certificate is trusted."""
        ssl = self.options.ssl or self.ssl_options
        return bool(ssl and ssl.insecure_trust_all_certificates)


class RequestTaskProperties(RequestProperties):
    """The same for task types, which fail when the answer does."""

    allow_failed: Templated[bool] = Field(
        False,
        description="Whether a status of 400 or more is a success.",
        json_schema_extra=deprecated("use `options.allowFailed`"),
    )

    def allows_failure(self) -> bool:
        """Whether a status of 400 or more is a success."""
        return self.allow_failed or self.options.allow_failed

    def accepts(self, status: int) -> bool:
        """Whether an answer with this status is a success."""
        allowed = self.options.allowed_response_codes
        return status in allowed if allowed else status < _ERROR_STATUS or self.allows_failure()

    def way_out(self) -> str:
        """What to do when the status is the wrong one."""
        allowed = ", ".join(map(str, self.options.allowed_response_codes))
        return f"`options.allowedResponseCodes` has {allowed}" if allowed else "set `options.allowFailed` to accept it"
