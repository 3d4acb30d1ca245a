"""Settings: where they are read from, in which order, and what people are told when they are wrong."""

from __future__ import annotations

import json
import os
from pathlib import Path

import jsonschema
import pytest
from pydantic import SecretStr

from gitops.errors import InvalidSettings
from gitops.settings import Settings, load_settings, settings_schema

_HINT = "`gitops schema --settings` prints every key"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder and an environment without any of our variables."""
    for name in [name for name in os.environ if name.startswith("GITOPS_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _write(text: str, name: str = "gitops.yml") -> Path:
    path = Path(name)
    path.write_text(text, encoding="utf-8")
    return path


def _refusal(text: str) -> str:
    with pytest.raises(InvalidSettings) as caught:
        load_settings(_write(text))
    return str(caught.value)


def test_without_any_source_the_defaults_serve_this_machine_only() -> None:
    settings = load_settings()

    assert settings == Settings()
    assert settings.database_url == "sqlite:///.gitops/gitops.db"
    assert settings.storage_url == ".gitops/storage"
    assert settings.public_url == "http://127.0.0.1:8080"
    assert settings.repositories == ()


def test_the_file_in_the_working_folder_is_read_by_itself() -> None:
    _write(
        """\
        workers: 3
        variables: {region: eu}
        repositories:
          - name: flows
            url: https://git.example.org/company/flows.git
            provider: github
            token: secret
            webhook_secrets: [new, old]
            root: /flows/
        """
    )

    settings = load_settings()

    (repository,) = settings.repositories
    assert (settings.workers, settings.variables) == (3, {"region": "eu"})
    assert (repository.name, repository.branch, repository.interval, repository.root) == ("flows", "main", 60, "flows")
    assert repository.token == SecretStr("secret")
    assert repository.webhook_secrets == (SecretStr("new"), SecretStr("old"))


def test_the_file_that_the_environment_names_is_read_instead(monkeypatch: pytest.MonkeyPatch) -> None:
    _write("workers: 3")
    monkeypatch.setenv("GITOPS_SETTINGS", str(_write("workers: 4", "other.yml")))

    assert load_settings().workers == 4
    assert load_settings(_write("workers: 5", "third.yml")).workers == 5


def test_overrides_win_over_the_environment_and_that_over_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    _write("host: localhost\nport: 1\nworkers: 1\nvariables: {region: eu, stage: test}")
    monkeypatch.setenv("GITOPS_PORT", "2")
    monkeypatch.setenv("GITOPS_WORKERS", "2")
    monkeypatch.setenv("GITOPS_VARIABLES__STAGE", "live")

    settings = load_settings(workers=3)

    assert (settings.host, settings.port, settings.workers) == ("localhost", 2, 3)
    assert settings.variables == {"region": "eu", "stage": "live"}


def test_repositories_can_be_given_as_json_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITOPS_REPOSITORIES", json.dumps([{"name": "flows", "url": "/srv/flows.git"}]))

    assert [repository.url for repository in load_settings().repositories] == ["/srv/flows.git"]


def test_names_in_texts_are_replaced_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOKEN", "secret")
    monkeypatch.setenv("PORT", "81")
    _write("token: ${TOKEN}\nport: ${PORT}\nvariables: {plain: '$${PORT}', nested: ['a ${PORT} b']}")

    settings = load_settings()

    assert settings.token == SecretStr("secret")
    assert settings.port == 81
    assert settings.variables == {"plain": "${PORT}", "nested": ["a 81 b"]}


def test_a_name_that_is_not_in_the_environment_is_refused_with_its_place() -> None:
    text = "port: 1\nrepositories:\n  - name: a\n    url: /a\n    token: ${ABSENT}\n"

    assert _refusal(text) == (
        "gitops.yml:5: repositories[0].token: expected the environment variable ABSENT, found none; set it"
    )


def test_every_mistake_is_told_with_its_line() -> None:
    text = """\
port: 99999
repositories:
  - name: Flows
    url: ext::sh
    interval: 0.5
    provider: githb
    branch: -x
    root: ../up
    api_url: ftp://host
"""

    assert _refusal(text).splitlines() == [
        "gitops.yml:1: port: expected a number less than or equal to 65535, found `99999`",
        "gitops.yml:3: repositories[0].name: expected at most 63 lower-case letters, digits and hyphens, found `Flows`",
        (
            "gitops.yml:4: repositories[0].url: expected https://host/path, ssh://user@host/path, user@host:path or an "
            "absolute path as the repository's url, found `ext::sh`; a token belongs in the repository's credentials, "
            "never in its url"
        ),
        "gitops.yml:7: repositories[0].branch: expected the name of a branch, such as `main`, found `-x`",
        "gitops.yml:8: repositories[0].root: expected a folder inside the repository, found `../up`",
        "gitops.yml:5: repositories[0].interval: expected a number greater than or equal to 1, found `0.5`",
        "gitops.yml:6: repositories[0].provider: expected 'none', 'github' or 'gitea', found `githb`",
        "gitops.yml:9: repositories[0].api_url: expected an address such as `https://host`, found `ftp://host`",
        _HINT,
    ]


def test_an_unknown_key_is_refused_with_the_nearest_known_one() -> None:
    known = ", ".join(f"`{name}`" for name in Settings.model_fields)

    assert _refusal("tokn: x\nzzz: 1").splitlines() == [
        f"gitops.yml:1: tokn: expected one of {known}, found `tokn`; did you mean `token`?",
        f"gitops.yml:2: zzz: expected one of {known}, found `zzz`; remove it",
        _HINT,
    ]


def test_an_absent_key_is_asked_for() -> None:
    message = _refusal("repositories:\n  - name: flows")

    assert message.startswith("gitops.yml:2: repositories[0].url: expected a value, found none; add it")


def test_secrets_are_never_shown() -> None:
    text = """\
token: [hunter1]
database: [hunter2]
repositories:
  - name: a
    url: https://hunter3@host/a
    token: {a: hunter4}
    webhook_secrets: hunter5
"""

    assert "hunter" not in _refusal(text)
    assert "hunter" not in repr(Settings(token=SecretStr("hunter6")))


def test_a_mistake_in_the_environment_is_told_by_the_name_of_the_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITOPS_PORT", "x")
    monkeypatch.setenv("GITOPS_REPOSITORIES", '[{"name": "A", "url": "/a"}]')

    with pytest.raises(InvalidSettings) as caught:
        load_settings(workers=0)

    assert str(caught.value).splitlines() == [
        "GITOPS_PORT: expected a valid integer, found `x`",
        "--workers: expected a number greater than or equal to 1, found `0`",
        "GITOPS_REPOSITORIES: [0].name: expected at most 63 lower-case letters, digits and hyphens, found `A`",
        _HINT,
    ]


def test_broken_json_in_the_environment_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITOPS_REPOSITORIES", "[{")

    with pytest.raises(InvalidSettings, match="GITOPS_REPOSITORIES: expected JSON, found something else"):
        load_settings()


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "gitops.example.org"])
def test_a_service_that_others_can_reach_needs_a_token(host: str) -> None:
    _write("workers: 2")
    with pytest.raises(InvalidSettings) as caught:
        load_settings(host=host)

    assert str(caught.value).splitlines()[0] == (
        f"gitops.yml: host: without a token expected a loopback address such as 127.0.0.1, found `{host}`; "
        "set GITOPS_TOKEN to a long random text, because whoever reaches the service may use it"
    )
    assert load_settings(host=host, token="long random text").host == host


@pytest.mark.parametrize("host", ["localhost", "127.0.0.2", "::1"])
def test_a_loopback_service_needs_no_token(host: str) -> None:
    assert load_settings(host=host).token is None


def test_two_repositories_cannot_share_a_name() -> None:
    message = _refusal("repositories:\n  - {name: a, url: /a}\n  - {name: a, url: /b}\n")

    assert message.startswith("gitops.yml: repositories: expected a name of its own for each, found `a` twice;")


def test_a_file_that_is_not_there_or_holds_no_keys_is_told() -> None:
    with pytest.raises(InvalidSettings) as caught:
        load_settings(Path("absent.yml"))

    assert str(caught.value) == (
        "cannot read the settings file absent.yml: No such file or directory; name another with --settings"
    )
    assert _refusal("- a\n- b") == f"gitops.yml: expected keys and values, found none; {_HINT}"
    assert _refusal("a: [").startswith("gitops.yml:1: ")
    assert load_settings(_write("")) == Settings()


def test_the_public_address_has_no_slash_at_its_end_and_is_the_one_in_the_settings() -> None:
    assert Settings(url="https://flows.example.org/gitops/").public_url == "https://flows.example.org/gitops"
    assert Settings(host="::1", port=81).public_url == "http://[::1]:81"


def test_the_schema_accepts_a_good_file_and_refuses_an_unknown_key() -> None:
    schema = settings_schema()
    repository = {"name": "flows", "url": "/srv/flows.git", "provider": "gitea", "webhook_secrets": ["a"]}

    jsonschema.validate({"port": 1, "repositories": [repository]}, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"repositories": [repository | {"tokn": "a"}]}, schema)
    assert all("description" in property_ for property_ in _properties(schema))


def _properties(schema: dict[str, object]) -> list[dict[str, object]]:
    text = json.loads(json.dumps(schema))
    return [*text["properties"].values(), *text["$defs"]["RepositorySettings"]["properties"].values()]
