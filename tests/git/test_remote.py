"""Addresses that are let in, and the environment that the `git` program is let into."""

from __future__ import annotations

import shlex
import subprocess
from pathlib import Path

import pytest

from gitops.errors import GitFailed
from gitops.git.remote import Credentials, read_remote


@pytest.mark.parametrize(
    ("url", "scheme"),
    [
        ("https://github.com/acme/flows.git", "https"),
        ("https://host:8443/a/b/c", "https"),
        ("https://[::1]:8443/a/b", "https"),
        ("http://gitea:3000/acme/flows.git", "http"),
        ("ssh://git@host:2222/acme/flows.git", "ssh"),
        ("ssh://host/acme/flows.git", "ssh"),
        ("git@host:acme/flows.git", "ssh"),
        ("file:///srv/flows.git", "file"),
        ("/srv/flöws.git", "file"),
    ],
)
def test_an_allowed_url_opens_its_own_protocol_only(url: str, scheme: str) -> None:
    remote = read_remote(url, None)
    assert (remote.url, remote.scheme) == (url, scheme)
    configuration = configured(remote.environment())
    allowed = {key: value for key, value in configuration.items() if key.endswith("allow")}
    assert allowed == {"protocol.allow": "never", f"protocol.{scheme}.allow": "always"}


@pytest.mark.parametrize(
    "url",
    [
        "",
        "-x",
        "--upload-pack=touch x",
        "ext::sh -c 'touch x'",
        "https::/x",
        "git://host/acme/flows.git",
        "ftp://host/acme/flows.git",
        "flows.git",
        "../flows.git",
        "https://-host/acme/flows.git",
        "https:///acme/flows.git",
        "https://host",
        "ssh://-oProxyCommand=x/acme/flows.git",
        "ssh://-l@host/flows.git",
        "-oProxyCommand=x:flows.git",
        "git@-host:flows.git",
        "git@host:-x",
        "https://host/a b",
        "https://host/a\nb",
        "https://host/a\\b",
    ],
)
def test_any_other_url_is_refused(url: str) -> None:
    with pytest.raises(GitFailed) as caught:
        read_remote(url, None)
    assert str(caught.value) == (
        "expected https://host/path, ssh://user@host/path, user@host:path or an absolute path "
        f"as the repository's url, found `{url}`; a token belongs in the repository's credentials, never in its url"
    )


def test_a_password_in_a_url_is_refused_and_hidden() -> None:
    with pytest.raises(GitFailed, match=r"found `https://\*\*\*@host/acme/flows\.git`") as caught:
        read_remote("https://ada:secret@host/acme/flows.git", None)
    assert "secret" not in str(caught.value)


def configured(environment: dict[str, str]) -> dict[str, str]:
    """What Git itself reads out of the environment."""
    listed = subprocess.run(
        ["git", "config", "--list", "--null"], env=environment, capture_output=True, text=True, check=True, cwd="/"
    )
    pairs = (entry.partition("\n") for entry in listed.stdout.split("\0") if entry)
    return {key: value for key, _, value in pairs}


def test_git_reads_the_hardening() -> None:
    configuration = configured(read_remote("https://host/acme/flows.git", None).environment())
    assert (
        configuration.items()
        >= {
            "transfer.fsckobjects": "true",
            "core.hookspath": "/dev/null",
            "core.askpass": "",
            "credential.helper": "",
            "http.followredirects": "false",
            "fetch.unpacklimit": "1",
            "gc.auto": "0",
        }.items()
    )


def test_only_what_is_needed_is_inherited(monkeypatch: pytest.MonkeyPatch) -> None:
    unwanted = {"GIT_DIR", "GIT_TRACE", "GIT_SSL_NO_VERIFY", "GIT_ASKPASS", "LD_PRELOAD", "GITOPS_TOKEN"}
    for name in unwanted:
        monkeypatch.setenv(name, "x")
    monkeypatch.setenv("https_proxy", "http://proxy:3128")
    environment = read_remote("https://host/acme/flows.git", None).environment()
    assert environment["https_proxy"] == "http://proxy:3128"
    assert environment["HOME"] == environment["XDG_CONFIG_HOME"] == environment["GIT_CONFIG_GLOBAL"] == "/dev/null"
    assert (environment["GIT_TERMINAL_PROMPT"], environment["GIT_CONFIG_NOSYSTEM"]) == ("0", "1")
    assert not unwanted & set(environment)


def test_the_token_is_for_its_own_host_only() -> None:
    remote = read_remote("https://host:8443/acme/flows.git", Credentials(token="t", username="oauth2"))
    configuration = configured(remote.environment())
    assert configuration["http.https://host:8443/.extraheader"] == "Authorization: Basic b2F1dGgyOnQ="
    over_ssh = read_remote("git@host:acme/flows.git", Credentials(token="t"))
    assert not any("extraheader" in key for key in configured(over_ssh.environment()))


def test_ssh_understands_the_options(tmp_path: Path) -> None:
    credentials = Credentials(ssh_key=tmp_path / "a key", known_hosts=tmp_path / "known hosts")
    command = read_remote("git@host:acme/flows.git", credentials).environment()["GIT_SSH_COMMAND"]
    effective = subprocess.run([*shlex.split(command), "-G", "host"], capture_output=True, text=True, check=True).stdout
    options = dict(line.partition(" ")[::2] for line in effective.splitlines())
    assert options["stricthostkeychecking"] in ("yes", "true")
    assert options["batchmode"] == "yes"
    assert options["identitiesonly"] == "yes"
    assert options["userknownhostsfile"] == str(tmp_path / "known hosts")
    assert options["identityfile"] == str(tmp_path / "a key")


def test_what_is_shown_has_no_credentials() -> None:
    remote = read_remote("https://host/acme/flows.git", Credentials(token="s3cret", username="u"))
    text = "s3cret and dTpzM2NyZXQ= at https://u:s3cret@host/x, http://ada@host/y, ssh://git:pw@host/z, ssh://git@host"
    shown = "*** and *** at https://***@host/x, http://***@host/y, ssh://***@host/z, ssh://git@host"
    assert remote.redact(text) == shown
    assert read_remote("/srv/flows.git", None).redact("as it is") == "as it is"
