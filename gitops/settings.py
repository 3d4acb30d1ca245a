"""What the service is told: one model, read from the command line, the environment and a file, in that order.

Everything that is wrong with the settings is found here, before anything is opened, in one message.
"""

from __future__ import annotations

import base64
import os
import re
from collections.abc import Mapping
from difflib import get_close_matches
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, ValidationError, model_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, EnvSettingsSource, SettingsConfigDict
from pydantic_settings.exceptions import SettingsError

from gitops.errors import GitFailed, InvalidSettings
from gitops.git.remote import read_remote
from gitops.language.document import Document, parse
from gitops.language.plugin_default import PluginDefault

PREFIX = "GITOPS_"
DEFAULT_FILE = Path("gitops.yml")

_SCHEMA_HINT = "`gitops schema --settings` prints every key"
_VARIABLE = re.compile(r"(\$?)\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
_SECRETS = frozenset({"token", "webhook_secrets", "database", "variables", "encryption_key", "plugin_defaults"})


def _matching(pattern: str, expected: str) -> AfterValidator:
    """Text of a form; `expected` says the form in words."""
    form = re.compile(pattern)

    def check(value: str) -> str:
        if not form.fullmatch(value):
            raise ValueError(expected)
        return value

    return AfterValidator(check)


def _remote(value: str) -> str:
    try:
        return read_remote(value, None).url
    except GitFailed as error:
        raise ValueError(str(error)) from None


def _key(value: SecretStr) -> SecretStr:
    try:
        length = len(base64.b64decode(value.get_secret_value(), validate=True))
    except ValueError:
        length = 0
    if length not in (16, 32):
        raise ValueError("expected base64 of 16 or 32 random bytes; `openssl rand -base64 32` makes one")
    return value


def _folder(value: str) -> str:
    if ".." in value.split("/"):
        raise ValueError("expected a folder inside the repository")
    return value.strip("/")


_Secret = Annotated[SecretStr, Field(min_length=1)]
_Name = Annotated[
    str, _matching(r"[a-z0-9][a-z0-9-]{0,62}", "expected at most 63 lower-case letters, digits and hyphens")
]
_Branch = Annotated[str, _matching(r"(?![-/.])[^\s~^:?*\[\\]+", "expected the name of a branch, such as `main`")]
_WebUrl = Annotated[str, _matching(r"https?://[^\s/@]+(/\S*)?", "expected an address such as `https://host`")]
ProviderKind = Literal["none", "github", "gitea"]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False, hide_input_in_errors=True)


class RepositorySettings(_Part):
    """A watched Git repository."""

    name: _Name = Field(description="The name in addresses, statuses and the pages.")
    url: Annotated[str, AfterValidator(_remote)] = Field(
        description="Where to fetch it: `https://…`, `ssh://…`, `user@host:path` or an absolute path; no token in it."
    )
    branch: _Branch = Field("main", description="The branch that is deployed.")
    root: Annotated[str, AfterValidator(_folder)] = Field(
        "", description="The folder inside the repository that holds the namespace folders; its top when empty."
    )
    interval: float = Field(60.0, ge=1, description="How many seconds lie between two looks at it without a webhook.")
    lint_branches: bool = Field(True, description="Whether commits of the other branches are linted.")
    provider: ProviderKind = Field("none", description="The Git host; `none` posts no commit statuses.")
    api_url: _WebUrl | None = Field(None, description="The host's API; found from `url` when absent.")
    token: _Secret | None = Field(None, description="Signs in to the host, to fetch by https and to post statuses.")
    ssh_key: Path | None = Field(None, description="The private key file for fetching by ssh.")
    known_hosts: Path | None = Field(None, description="The file with the public keys of ssh hosts.")
    webhook_secrets: tuple[_Secret, ...] = Field(
        (), description="What webhooks are signed with; several while one is replaced by another."
    )
    status_context: str = Field(
        "gitops", min_length=1, max_length=100, description="What tells our commit statuses from those of others."
    )


class Settings(_Part):
    """Everything that the service is told."""

    data: Path = Field(Path(".gitops"), description="The folder where everything is kept.")
    database: str | None = Field(
        None, description="`sqlite:///path` or `postgresql://user@host/name`; `gitops.db` in the folder when absent."
    )
    storage: str | None = Field(
        None, description="Internal storage: a folder, or a bucket by URL; `storage` in the data folder when absent."
    )
    host: str = Field("127.0.0.1", description="The address to listen on.")
    port: int = Field(8080, ge=0, le=65535, description="The port to listen on; 0 takes a free one.")
    url: _WebUrl | None = Field(None, description="Where people reach the service; links in commit statuses use it.")
    token: _Secret | None = Field(None, description="Whoever has it may use the service.")
    workers: int = Field(8, ge=1, le=1000, description="How many attempts run at the same time.")
    message_size_limit: int | None = Field(
        None,
        ge=1,
        description="The most bytes that the inputs of an execution and the outputs of its tasks may have together, "
        "as JSON; no limit when absent.",
    )
    variables: dict[str, Any] = Field({}, description="Values for expressions of every flow, read as `globals.name`.")
    plugin_defaults: tuple[PluginDefault, ...] = Field(
        (), description="`pluginDefaults` of every flow; they come after a flow's own."
    )
    encryption_key: Annotated[_Secret, AfterValidator(_key)] | None = Field(
        None, description="Base64 of 16 or 32 random bytes; inputs of type SECRET are kept encrypted with it."
    )
    dialect: Literal["v1", "v2"] = Field(
        "v1", description="The flow language that is linted; `v2` refuses what Kestra 2.0 removed."
    )
    repositories: tuple[RepositorySettings, ...] = Field((), description="The repositories to watch.")

    @property
    def database_url(self) -> str:
        """The database, the default one included."""
        return self.database or f"sqlite:///{self.data / 'gitops.db'}"

    @property
    def storage_url(self) -> str:
        """The internal storage, the default one included."""
        return self.storage or str(self.data / "storage")

    @property
    def public_url(self) -> str:
        """Where people reach the service, without a slash at the end."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return (self.url or f"http://{host}:{self.port}").rstrip("/")

    @model_validator(mode="after")
    def _names_differ(self) -> Self:
        names = [repository.name for repository in self.repositories]
        for name in names:
            if names.count(name) > 1:
                raise ValueError(f"repositories: expected a name of its own for each, found `{name}` twice; rename one")
        return self

    @model_validator(mode="after")
    def _guarded(self) -> Self:
        if self.token is None and not _is_loopback(self.host):
            raise ValueError(
                f"host: without a token expected a loopback address such as 127.0.0.1, found `{self.host}`; "
                f"set {PREFIX}TOKEN to a long random text, because whoever reaches the service may use it"
            )
        return self


class _Environment(Settings, BaseSettings):
    """Says which variables of the environment are settings, and of what type."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_nested_delimiter="__", env_ignore_empty=True)


def load_settings(path: Path | None = None, **overrides: object) -> Settings:
    """The settings from `overrides`, else from `GITOPS_*` variables, else from the file.

    The file is `path`, else the one that `GITOPS_SETTINGS` names, else `gitops.yml` here when there is one. Inside its
    texts `${NAME}` stands for a variable of the environment, `$${NAME}` for itself. Raises InvalidSettings.
    """
    file = _File(path or _default_file())
    environment = _read_environment()
    values = _merge(_merge(file.values, environment), overrides)
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        places = _Places(file, environment, overrides)
        sentences = [f"{places.of(problem['loc'])}{_explain(problem)}" for problem in error.errors(include_url=False)]
        raise InvalidSettings("\n".join([*sentences, _SCHEMA_HINT])) from None


def settings_schema() -> dict[str, object]:
    """The JSON Schema of `gitops.yml`."""
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "gitops settings"}
    return head | {key: value for key, value in Settings.model_json_schema().items() if key != "title"}


def _default_file() -> Path | None:
    named = os.environ.get(f"{PREFIX}SETTINGS")
    if named:
        return Path(named)
    return DEFAULT_FILE if DEFAULT_FILE.exists() else None


def _read_environment() -> dict[str, Any]:
    try:
        return EnvSettingsSource(_Environment)()
    except SettingsError as error:
        name, reason = _environment_name(str(error)), error.__cause__ or error
        raise InvalidSettings(f"{name}: expected JSON, found something else: {reason}") from None


def _environment_name(complaint: str) -> str:
    field = re.search(r'field "(\w+)"', complaint)
    return f"{PREFIX}{field[1].upper()}" if field else f"a {PREFIX}* variable"


def _merge(under: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """Both; where both have a key the second one wins, and mappings are put together."""
    both = {key: {**under[key], **over[key]} for key in under.keys() & over.keys() if _are_maps(under[key], over[key])}
    return {**under, **over, **both}


def _are_maps(*values: object) -> bool:
    return all(isinstance(value, Mapping) for value in values)


class _File:
    """The settings file, read; without a path it is as good as empty."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.document: Document | None = None
        self.values: dict[str, Any] = {}
        if path is not None:
            self.document = parse(_read(path))
            self._check(self.document)
            self.values = self._filled_in(self.document.data or {}, ())

    def place(self, location: tuple[str | int, ...]) -> str:
        """`file:line: `, as compilers write it."""
        return f"{self.path}:{self.document.span(location, key=True).line}: " if self.document else ""

    def _check(self, document: Document) -> None:
        data = document.data
        if document.problems and data is None and not document.source.strip():
            return
        for problem in document.problems:
            if problem.rule == "empty-file":
                raise InvalidSettings(f"{self.path}: expected keys and values, found none; {_SCHEMA_HINT}")
            help_ = f"; {problem.help}" if problem.help else ""
            raise InvalidSettings(f"{self.path}:{problem.span.line}: {problem.message}{help_}")

    def _filled_in(self, value: Any, location: tuple[str | int, ...]) -> Any:  # noqa: ANN401 - YAML of any shape
        if isinstance(value, dict):
            return {key: self._filled_in(item, (*location, key)) for key, item in value.items()}
        if isinstance(value, list):
            return [self._filled_in(item, (*location, index)) for index, item in enumerate(value)]
        return self._variables_in(value, location) if isinstance(value, str) else value

    def _variables_in(self, text: str, location: tuple[str | int, ...]) -> str:
        def value_of(match: re.Match[str]) -> str:
            escape, name = match.groups()
            if escape:
                return match[0][1:]
            if name not in os.environ:
                place = f"{self.place(location)}{_dotted(location)}"
                raise InvalidSettings(f"{place}: expected the environment variable {name}, found none; set it")
            return os.environ[name]

        return _VARIABLE.sub(value_of, text)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise InvalidSettings(f"cannot read the settings file {path}: {reason}; name another with --settings") from None


class _Places:
    """Where a setting was said: on the command line, in a variable, or on a line of the file."""

    def __init__(self, file: _File, environment: Mapping[str, Any], overrides: Mapping[str, Any]) -> None:
        self._file = file
        self._environment = environment
        self._overrides = overrides

    def of(self, location: tuple[str | int, ...]) -> str:
        """The place and the key, ready to be followed by what is wrong."""
        if not location:
            return f"{self._file.path}: " if self._file.path else ""
        key = location[0]
        if key in self._overrides:
            return f"--{key}: "
        if key in self._environment:
            inner = _dotted(location[1:]).lstrip(".")
            return f"{PREFIX}{str(key).upper()}: {inner and inner + ': '}"
        return f"{self._file.place(location)}{_dotted(location)}: "


def _explain(problem: ErrorDetails) -> str:
    """What was expected, what was found, what to do."""
    kind, location, context = problem["type"], problem["loc"], problem.get("ctx", {})
    if kind == "extra_forbidden":
        return _unknown(str(location[-1]), location)
    if kind == "missing":
        return "expected a value, found none; add it"
    words = str(context["error"]) if kind == "value_error" else problem["msg"]
    if kind == "value_error" and "found" in words:
        return words
    return f"{_expected(words)}, found {_shown(problem['input'], location)}"


def _expected(words: str) -> str:
    """Pydantic's words for what should have been, as ours."""
    wanted = re.sub(r"^\w+ should (be|have) |, unable to parse.*$", "", words)
    number = "a number " if wanted.startswith(("less than", "greater than")) else ""
    return wanted if wanted.startswith("expected") else f"expected {number}{wanted}"


def _unknown(key: str, location: tuple[str | int, ...]) -> str:
    model: type[BaseModel] = RepositorySettings if "repositories" in location else Settings
    close = get_close_matches(key, model.model_fields, n=1)
    known = ", ".join(f"`{name}`" for name in model.model_fields)
    return f"expected one of {known}, found `{key}`; " + (f"did you mean `{close[0]}`?" if close else "remove it")


def _shown(value: object, location: tuple[str | int, ...]) -> str:
    if _SECRETS.intersection(location):
        return "something else"
    return f"`{value}`" if isinstance(value, str | int | float) else f"a {type(value).__name__}"


def _dotted(location: tuple[str | int, ...]) -> str:
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in location).lstrip(".")


def _is_loopback(host: str) -> bool:
    if host.strip("[]").lower() == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
