"""Send one HTTP request and keep the answer.

## Example
    id: ask
    namespace: company.team
    tasks:
      - id: products
        type: io.kestra.plugin.core.http.Request
        uri: http://127.0.0.1:8080/ping
"""

from __future__ import annotations

from typing import Any, ClassVar, Literal

import httpx
from pydantic import BaseModel, Field

from gitops.errors import TaskFailed
from gitops.execution.runnable import RunContext, Runnable
from gitops.language.model import Model
from gitops.language.scalars import Level, Templated
from gitops.tasks.http.exchange import exchange, headers_of, measure_length, without_secrets
from gitops.tasks.http.request_properties import RequestTaskProperties

_LARGEST_BODY = 10 * 1024 * 1024


class RequestOutput(Model):
    """The answer."""

    uri: str = Field(description="The address that answered.")
    code: int = Field(description="The HTTP status.")
    headers: dict[str, list[str]] = Field(description="The headers, each with all its values.")
    body: str | None = Field(None, description="The body as text.")
    encrypted_body: dict[str, str] | None = Field(None, description="The encrypted body, in place of `body`.")
    form_data: dict[str, Any] | None = Field(None, description="Always absent; known for the flows that name it.")


class Request(RequestTaskProperties, Runnable):
    """Send one HTTP request; a status of 400 or more is a failure."""

    ALIASES: ClassVar[tuple[str, ...]] = ("io.kestra.plugin.fs.http.Request",)
    Output: ClassVar[type[BaseModel]] = RequestOutput

    type: Literal["io.kestra.plugin.core.http.Request"]
    encrypt_body: Templated[bool] = Field(False, description="Keep the body encrypted, as `encryptedBody`.")

    def run(self, context: RunContext) -> RequestOutput:
        """Send the request; the connection is closed when the attempt is killed."""
        with exchange(self, context) as response:
            output = read_output(response)
        if "RESPONSE_BODY" in self.options.logged_parts() and not self.encrypt_body:
            context.log(Level.INFO, f"RESPONSE_BODY\n{output.body}")
        measure_length(response, context)
        if self.encrypt_body:
            output = encrypted(output, context)
        if not self.accepts(output.code):
            message = f"{self.method} {without_secrets(self.uri)} answered {output.code}; {self.way_out()}"
            raise TaskFailed(message, outputs=output.model_dump(by_alias=True, exclude_none=True))
        return output


def encrypted(output: RequestOutput, context: RunContext) -> RequestOutput:
    """The answer with its body encrypted; raises ExpressionError when the service has no key."""
    return output.model_copy(update={"body": None, "encrypted_body": context.encrypt(output.body or "")})


def read_output(response: httpx.Response) -> RequestOutput:
    """The whole answer; raises TaskFailed for one that is too long or no text."""
    body = bytearray()
    for part in response.iter_bytes():
        body += part
        if len(body) > _LARGEST_BODY:
            raise TaskFailed(
                f"{without_secrets(str(response.url))} answered more than 10 MiB; use http.Download for large bodies"
            )
    try:
        text = body.decode(response.encoding or "utf-8")
    except (UnicodeDecodeError, LookupError):
        raise TaskFailed(
            f"{without_secrets(str(response.url))} answered a body that is not text; use http.Download to keep it"
        ) from None
    return RequestOutput(uri=str(response.url), code=response.status_code, headers=headers_of(response), body=text)
