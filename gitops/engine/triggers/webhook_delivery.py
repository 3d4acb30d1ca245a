"""What a call brings: as variables for expressions, and as files that are kept with the execution."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from gitops.engine.triggers.view import TriggerView
from gitops.engine.triggers.webhook_call import Part, WebhookCall, read_body
from gitops.language.expression.library.texts import slug
from gitops.language.trigger import CalledTrigger
from gitops.storage.storage import SCHEME

_BODY = "body"
_NO_NAMES = ("", ".", "..")


@dataclass(frozen=True, slots=True)
class Delivery:
    """A call of a trigger for an execution whose id is known. Files get their addresses before they are kept."""

    view: TriggerView[CalledTrigger]
    call: WebhookCall
    execution_id: str

    def told(self) -> Mapping[str, object]:
        """What `trigger.*` holds."""
        call = self.call
        known = {"headers": dict(call.headers), "parameters": dict(call.parameters)}
        if call.parts is not None:
            parts = [_shown(part, SCHEME + place) for part, place in self._parts()]
            return {**known, "parts": parts, "formFields": dict(call.fields)}
        if self.view.trigger.fetch_type == "STORE":
            return {**known, "uri": f"{SCHEME}{self._folder()}/{_BODY}"}
        return {**known, "body": read_body(call.body)}

    def keep(self) -> None:
        """Put the files into internal storage; raises StorageFailed."""
        put = self.view.surroundings.storage.put
        for part, place in self._parts():
            put(place, part.path)
        if self.call.parts is None and self.view.trigger.fetch_type == "STORE":
            with TemporaryDirectory(prefix="gitops-webhook-") as folder:
                file = Path(folder) / _BODY
                file.write_bytes(self.call.body)
                put(f"{self._folder()}/{_BODY}", file)

    def _parts(self) -> Iterator[tuple[Part, str]]:
        """Each file with the path that it is kept at; the number keeps equal names apart."""
        for number, part in enumerate(self.call.parts or ()):
            name = PurePosixPath(part.filename.replace("\\", "/")).name
            yield part, f"{self._folder()}/{number}/{_BODY if name in _NO_NAMES else name}"

    def _folder(self) -> str:
        flow = self.view.tree.flow
        place = f"{flow.namespace.replace('.', '/')}/{slug(flow.id)}/executions/{self.execution_id}"
        return f"{place}/trigger/{slug(self.view.trigger.id)}"


def _shown(part: Part, uri: str) -> Mapping[str, object]:
    known = {"name": part.name, "filename": part.filename, "contentType": part.content_type}
    size = part.path.stat().st_size
    return {**{name: value for name, value in known.items() if value is not None}, "size": size, "uri": uri}
