"""Internal storage on any object store: a local folder by default, `s3://`, `gs://` or `az://` by URL.

Files are addressed as `kestra:///path`, the flow language's own form. The only door to obstore.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import obstore
from obstore.exceptions import BaseError, NotFoundError
from obstore.store import LocalStore, ObjectStore, from_url

from gitops.errors import NotFound, StorageFailed

SCHEME = "kestra:///"
_CHUNK = 1024 * 1024
# On the disk, and in no address, there is a folder for the tenant before everything: the flow language's layout.
_TENANT = "main/"


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file: its address, its size in bytes, and when it was last written."""

    uri: str
    size: int
    modified: datetime


class Storage:
    """An object store that holds files under `kestra:///` addresses."""

    def __init__(self, url: str) -> None:
        self._store: ObjectStore = _open(url)

    def put(self, path: str, source: Path) -> str:
        """Keep the file at `path` and return its address; raises StorageFailed."""
        try:
            with source.open("rb") as file:
                obstore.put(self._store, _TENANT + path, file)
        except (BaseError, OSError) as error:
            raise StorageFailed(f"cannot keep {source.name} as {SCHEME}{path}: {error}") from error
        return SCHEME + path

    def fetch(self, uri: str, target: Path) -> None:
        """Write the file at the address to `target`; raises NotFound or StorageFailed."""
        path = _path(uri)
        try:
            reader = obstore.open_reader(self._store, path)
            with target.open("wb") as file:
                while chunk := reader.read(_CHUNK):
                    file.write(chunk)
        except (NotFoundError, FileNotFoundError):
            raise NotFound(f"internal storage has no file {uri}") from None
        except (BaseError, OSError) as error:
            raise StorageFailed(f"cannot read {uri}: {error}") from error

    def beginning(self, uri: str, most: int) -> bytes:
        """The first `most` bytes of the file at the address; raises NotFound or StorageFailed."""
        length = min(most, self.size(uri))
        try:
            return bytes(obstore.get_range(self._store, _path(uri), start=0, length=length)) if length else b""
        except (NotFoundError, FileNotFoundError):
            raise NotFound(f"internal storage has no file {uri}") from None
        except (BaseError, OSError) as error:
            raise StorageFailed(f"cannot read {uri}: {error}") from error

    def modified(self, uri: str) -> datetime:
        """When the file at the address was last written; raises NotFound or StorageFailed."""
        try:
            return obstore.head(self._store, _path(uri))["last_modified"]
        except (NotFoundError, FileNotFoundError):
            raise NotFound(f"internal storage has no file {uri}") from None
        except (BaseError, OSError) as error:
            raise StorageFailed(f"cannot look at {uri}: {error}") from error

    def delete(self, uri: str) -> bool:
        """Delete the file at the address; returns whether it was there. Raises StorageFailed."""
        path = _path(uri)
        try:
            obstore.head(self._store, path)
            obstore.delete(self._store, path)
        except (NotFoundError, FileNotFoundError):
            return False
        except (BaseError, OSError) as error:
            raise StorageFailed(f"cannot delete {uri}: {error}") from error
        return True

    def below(self, folder: str) -> Iterator[StoredFile]:
        """Every file below a folder, at any depth; raises StorageFailed."""
        try:
            for some in obstore.list(self._store, _TENANT + folder):
                for each in some:
                    uri = SCHEME + each["path"].removeprefix(_TENANT)
                    yield StoredFile(uri, size=int(each["size"]), modified=each["last_modified"])
        except (BaseError, OSError) as error:
            raise StorageFailed(f"cannot list the files below {SCHEME}{folder}: {error}") from error

    def delete_below(self, folder: str) -> int:
        """Delete every file below a folder; returns how many there were. Raises StorageFailed."""
        count = 0
        try:
            for some in obstore.list(self._store, _TENANT + folder):
                obstore.delete(self._store, [each["path"] for each in some])
                count += len(some)
        except (BaseError, OSError) as error:
            raise StorageFailed(f"cannot delete the files below {SCHEME}{folder}: {error}") from error
        return count

    def size(self, uri: str) -> int:
        """How many bytes the file at the address has; raises NotFound or StorageFailed."""
        try:
            return int(obstore.head(self._store, _path(uri))["size"])
        except (NotFoundError, FileNotFoundError):
            raise NotFound(f"internal storage has no file {uri}") from None
        except (BaseError, OSError) as error:
            raise StorageFailed(f"cannot look at {uri}: {error}") from error


def _open(url: str) -> ObjectStore:
    if "://" in url and not url.startswith("file://"):
        return from_url(url)
    folder = Path(url.removeprefix("file://"))
    folder.mkdir(parents=True, exist_ok=True)
    return LocalStore(folder)


def _path(uri: str) -> str:
    path = uri.removeprefix(SCHEME)
    if path == uri or ".." in path.split("/"):
        raise StorageFailed(f"expected an address that starts with {SCHEME}, found `{uri}`")
    return _TENANT + path
