"""Where a repository's API is, read from the url that Git clones it from. Pure text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from gitops.errors import InvalidSettings

_SCP = re.compile(r"(?:[^@/\s]+@)?(?P<host>[^:/\s]+):(?P<path>(?!//).+)")
_PARTS = 2


@dataclass(frozen=True, slots=True)
class Address:
    """A repository on a Git host: `site` is the host's web address, "" when the url names no host."""

    site: str
    owner: str
    repository: str

    @property
    def api_path(self) -> str:
        """The repository's path below the API's base, quoted."""
        return f"/repos/{quote(self.owner, safe='')}/{quote(self.repository, safe='')}"


def read_address(url: str) -> Address:
    """The address behind an https, ssh, `user@host:path` or file url; raises InvalidSettings."""
    site, path = _split(url)
    *above, owner, repository = ["", "", *(part for part in path.split("/") if part)]
    repository = repository.removesuffix(".git")
    if not owner or not repository:
        raise InvalidSettings(f"expected a repository url that ends in owner/repository, found `{_shown(url)}`")
    prefix = "".join(f"/{part}" for part in above if part)
    return Address(site and site + prefix, owner, repository)


def _split(url: str) -> tuple[str, str]:
    if "://" not in url:
        match = _SCP.fullmatch(url)
        return (f"https://{match['host']}", match["path"]) if match else ("", url)
    parts = urlsplit(url)
    if parts.scheme in ("http", "https"):
        return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}", parts.path
    # The port of an ssh url is not the port of the host's web server.
    return (f"https://{parts.hostname}" if parts.hostname else "", parts.path)


def _shown(url: str) -> str:
    return re.sub(r"(?<=://)[^/\s@]+@", "***@", url)
