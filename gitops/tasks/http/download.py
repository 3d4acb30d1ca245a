"""Fetch a file from an HTTP server into internal storage.

## Example
    id: fetch
    namespace: company.team
    tasks:
      - id: orders
        type: io.kestra.plugin.core.http.Download
        uri: http://127.0.0.1:8080/orders.csv
"""

from __future__ import annotations

from email.message import Message
from email.utils import collapse_rfc2231_value
from pathlib import Path, PurePosixPath
from typing import ClassVar, Literal

import httpx
from pydantic import BaseModel, Field

from gitops.errors import TaskFailed
from gitops.execution.runnable import RunContext, Runnable
from gitops.language.model import Model
from gitops.language.scalars import Level, Templated, TemplatedStr
from gitops.tasks.http.exchange import exchange, headers_of, measure_length, without_secrets
from gitops.tasks.http.request_properties import RequestTaskProperties

_LONGEST_NAME = 200


class DownloadOutput(Model):
    """The file that was kept."""

    uri: str = Field(description="The address of the file in internal storage.")
    code: int = Field(description="The HTTP status.")
    length: int = Field(description="The size of the file in bytes.")
    headers: dict[str, list[str]] = Field(description="The headers of the answer, each with all its values.")


class Download(RequestTaskProperties, Runnable):
    """Fetch a file from an HTTP server; a status of 400 or more and an empty file are failures."""

    ALIASES: ClassVar[tuple[str, ...]] = ("io.kestra.plugin.fs.http.Download",)
    Output: ClassVar[type[BaseModel]] = DownloadOutput

    type: Literal["io.kestra.plugin.core.http.Download"]
    fail_on_empty_response: Templated[bool] = Field(True, description="Whether an empty file is a failure.")
    save_as: TemplatedStr | None = Field(
        None, description="The name of the kept file; the server's name for it when there is none."
    )

    def run(self, context: RunContext) -> DownloadOutput:
        """Stream the file; the connection is closed when the attempt is killed."""
        with exchange(self, context) as response:
            if not self.accepts(response.status_code):
                raise TaskFailed(f"{self._place()} answered {response.status_code}; {self.way_out()}")
            file = Path(context.working_directory) / self._name(response)
            length = _stream(response, file)
            measure_length(response, context)
        if not length:
            self._accept_nothing(context)
        uri = context.keep_file(file)
        return DownloadOutput(uri=uri, code=response.status_code, length=length, headers=headers_of(response))

    def _accept_nothing(self, context: RunContext) -> None:
        message = f"{self._place()} answered an empty file"
        if self.fail_on_empty_response and not self.allows_failure():
            raise TaskFailed(f"{message}; set `failOnEmptyResponse: false` to accept it")
        context.log(Level.WARN, message)

    def _name(self, response: httpx.Response) -> str:
        """The name that is asked for, else the server's, else `download` with the extension that the address has."""
        name = _clean(self.save_as or _disposition(response.headers.get("Content-Disposition", "")))
        return name or "download" + PurePosixPath(httpx.URL(self.uri).path).suffix

    def _place(self) -> str:
        return f"{self.method} {without_secrets(self.uri)}"


def _stream(response: httpx.Response, file: Path) -> int:
    """Write the body to the file and return its size. A body shorter than its Content-Length is httpx's error."""
    with file.open("wb") as target:
        return sum(target.write(part) for part in response.iter_bytes())


def _clean(name: str) -> str:
    """The name without folders and without what cannot be seen; empty when nothing is left."""
    last = name.replace("\\", "/").rpartition("/")[2]
    clean = "".join(letter for letter in last if letter.isprintable()).strip()[:_LONGEST_NAME]
    return clean if clean.strip(".") else ""


def _disposition(header: str) -> str:
    """The file name of a `Content-Disposition`; the form that can hold every letter, `filename*`, comes last."""
    message = Message()
    message["Content-Disposition"] = header
    parameters = message.get_params(failobj=[], header="content-disposition")
    names = [value for name, value in parameters if name == "filename"]
    return collapse_rfc2231_value(names[-1]) if names else ""
