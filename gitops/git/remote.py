"""A remote repository's address and the credentials for it, and the closed environment in which Git may visit it."""

from __future__ import annotations

import base64
import os
import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from gitops.errors import GitFailed

_HOST = r"(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\])"
_USER = r"[A-Za-z0-9_][A-Za-z0-9._-]*"
_PATH = r"[^\x00-\x20\x7f\\]+"
_FORMS = {
    "https": re.compile(rf"https://{_HOST}(?::\d+)?/{_PATH}"),
    "http": re.compile(rf"http://{_HOST}(?::\d+)?/{_PATH}"),
    "ssh": re.compile(rf"ssh://(?:{_USER}@)?{_HOST}(?::\d+)?/{_PATH}|(?:{_USER}@){_HOST}:(?!-){_PATH}"),
    "file": re.compile(rf"(?:file://)?/{_PATH}"),
}
_USER_INFORMATION = re.compile(r"(https?://|://(?=[^/\s@:]+:))[^/\s@]+@")

# What the `git` program may see of our own environment: where programs are and how the network is reached.
_INHERITED = ("PATH", "TMPDIR", "SSL_CERT_FILE", "SSL_CERT_DIR", "GIT_SSL_CAINFO", "SSH_AUTH_SOCK")
_PROXIES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")

_CONFIGURATION = {
    "protocol.allow": "never",
    "protocol.version": "2",
    "transfer.fsckObjects": "true",
    # Old hosting services wrote these three into many honest histories; they cannot harm a reader.
    "fetch.fsck.badTimezone": "warn",
    "fetch.fsck.missingSpaceBeforeDate": "warn",
    "fetch.fsck.zeroPaddedFilemode": "warn",
    "core.hooksPath": os.devnull,
    "core.askPass": "",
    "credential.helper": "",
    # A redirect would carry the token to a host that nobody configured.
    "http.followRedirects": "false",
    # libgit2 reads a truncated loose object for ever, but notices every damage in a pack.
    "fetch.unpackLimit": "1",
    "gc.auto": "0",
    "maintenance.auto": "false",
    "submodule.recurse": "false",
}


@dataclass(frozen=True, slots=True)
class Credentials:
    """How to sign in: a `token` for http and https, a private key and the hosts' known keys for ssh."""

    token: str | None = field(default=None, repr=False)
    username: str = "x-access-token"
    ssh_key: Path | None = None
    known_hosts: Path | None = None


@dataclass(frozen=True, slots=True)
class Remote:
    """An address that passed the allow-list, and the credentials for it."""

    url: str
    scheme: str
    credentials: Credentials

    def environment(self) -> dict[str, str]:
        """Every variable that the `git` program is given; what is not here it does not see."""
        inherited = {name: os.environ[name] for name in (*_INHERITED, *_PROXIES) if name in os.environ}
        fixed = {
            "HOME": os.devnull,
            "XDG_CONFIG_HOME": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_ATTR_NOSYSTEM": "1",
            "GIT_TERMINAL_PROMPT": "0",
            "GIT_SSH_COMMAND": _ssh_command(self.credentials),
            "GIT_SSH_VARIANT": "ssh",
            "LC_ALL": "C",
        }
        return inherited | fixed | _configuration_variables(self._configuration())

    def redact(self, text: str) -> str:
        """The text without the credentials, however they may have got into it."""
        for secret in filter(None, (self.credentials.token, _basic(self.credentials))):
            text = text.replace(secret, "***")
        return _USER_INFORMATION.sub(r"\1***@", text)

    def _configuration(self) -> dict[str, str]:
        configuration = _CONFIGURATION | {f"protocol.{self.scheme}.allow": "always"}
        if self.scheme in ("http", "https") and self.credentials.token:
            parts = urlsplit(self.url)
            header = f"http.{parts.scheme}://{parts.netloc}/.extraHeader"
            configuration[header] = f"Authorization: Basic {_basic(self.credentials)}"
        return configuration


def read_remote(url: str, credentials: Credentials | None) -> Remote:
    """The checked address; raises GitFailed when its form is not one of the allowed ones."""
    for scheme, form in _FORMS.items():
        if form.fullmatch(url):
            return Remote(url, scheme, credentials or Credentials())
    expected = "expected https://host/path, ssh://user@host/path, user@host:path or an absolute path"
    advice = "a token belongs in the repository's credentials, never in its url"
    shown = _USER_INFORMATION.sub(r"\1***@", url)
    raise GitFailed(f"{expected} as the repository's url, found `{shown}`; {advice}")


def _basic(credentials: Credentials) -> str:
    if not credentials.token:
        return ""
    return base64.b64encode(f"{credentials.username}:{credentials.token}".encode()).decode()


def _ssh_command(credentials: Credentials) -> str:
    options = ["BatchMode=yes", "StrictHostKeyChecking=yes", "ClearAllForwardings=yes", "UpdateHostKeys=no"]
    if credentials.known_hosts:
        options.append(f"UserKnownHostsFile={_ssh_word(credentials.known_hosts)}")
    if credentials.ssh_key:
        options += ["IdentitiesOnly=yes", "IdentityAgent=none", f"IdentityFile={_ssh_word(credentials.ssh_key)}"]
    words = ["ssh", "-F", "none", *(word for option in options for word in ("-o", option))]
    return shlex.join(words)


def _ssh_word(path: Path) -> str:
    return f'"{path}"'  # ssh splits these options at spaces


def _configuration_variables(configuration: Mapping[str, str]) -> dict[str, str]:
    variables = {"GIT_CONFIG_COUNT": str(len(configuration))}
    for index, (key, value) in enumerate(configuration.items()):
        variables |= {f"GIT_CONFIG_KEY_{index}": key, f"GIT_CONFIG_VALUE_{index}": value}
    return variables
