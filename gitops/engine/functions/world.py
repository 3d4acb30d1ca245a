"""The functions of expressions that need the world: the clock, chance, secrets, files, logs, and side processes."""

from __future__ import annotations

import base64
import binascii
import json
import os
import random
import secrets
import socket
import string
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final, NoReturn

from gitops.engine import clock
from gitops.engine.cipher import Cipher
from gitops.engine.execution_files import ExecutionFiles
from gitops.engine.functions.side_process import SHARED
from gitops.engine.services.key_values import read_value
from gitops.engine.services.log_records import told
from gitops.errors import ExpressionError, NotFound
from gitops.language.expression.scope import RUN_APART
from gitops.language.scalars import Level
from gitops.store.logs import LogEntry
from gitops.store.store import Store

Functions = Mapping[str, Callable[..., object]]
Logs = Callable[[], Iterable[LogEntry]]
"""Gives the log entries of level ERROR of one execution, in their order."""
ReadKey = Callable[[str, str | None], object]
"""Gives the value of a key in a namespace, of one's own when there is none; raises NotFound."""

_SECRET_PREFIX = "SECRET_"  # noqa: S105 - the start of variables' names, not a secret
_ENV_PREFIX = "ENV_"
_NANO_ALPHABET: Final = string.digits + string.ascii_uppercase + string.ascii_lowercase + "-_"
_NANO_LONGEST: Final = 1000
_KSUID_EPOCH: Final = 1_400_000_000
_KSUID_ALPHABET: Final = string.digits + string.ascii_uppercase + string.ascii_lowercase


class FunctionsOnDemand(Functions):
    """Functions that are made when the first of them is called: most expressions call none."""

    def __init__(self, make: Callable[[], Functions]) -> None:
        self._make = make
        self._made: Functions | None = None

    def __getitem__(self, name: str) -> Callable[..., object]:
        return self._functions()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._functions())

    def __len__(self) -> int:
        return len(self._functions())

    def _functions(self) -> Functions:
        if self._made is None:
            self._made = self._make()
        return self._made


def world(
    mask: Callable[[str], None],
    *,
    files: ExecutionFiles | None = None,
    error_logs: Logs | None = None,
    read_key: ReadKey | None = None,
    http: Callable[..., object] | None = None,
) -> Functions:
    """The functions for one attempt; `mask` is told every secret that is read, so that logs can hide it.

    Without `files`, `error_logs` and `read_key`, as before there is an execution, the functions that need them say so;
    `http` is for those who may wait.
    """
    return {
        "now": clock.now,
        "uuid": lambda: str(uuid.uuid4()),
        "id": clock.new_id,
        "ksuid": ksuid,
        "nanoId": nano_id,
        "randomInt": random_int,
        "randomPort": random_port,
        "encrypt": encrypt,
        "decrypt": decrypt,
        "kv": _kv(read_key) if read_key else _needs_execution("kv"),
        "http": http or _refusal("`http` is only available in the properties of tasks that do work"),
        "errorLogs": _error_logs(error_logs) if error_logs else _needs_execution("errorLogs"),
        RUN_APART: SHARED.run,
        **_secrets(mask),
        **(_of_files(files) if files else _no_files()),
    }


def _secrets(mask: Callable[[str], None]) -> Functions:
    def secret(key: object, namespace: object = None, subkey: object = None, full: object = None) -> str:  # noqa: ARG001 - all namespaces share the secrets
        if full not in (None, False):
            raise ExpressionError("`secret` has no `full` here: a secret is a text")
        value = read_secret(_text(key, "secret", "key"))
        mask(value)
        if subkey in (None, ""):
            return value
        part = _subkey(value, str(key), _text(subkey, "secret", "subkey"))
        mask(part)
        return part

    return {"secret": secret}


def _kv(read_key: ReadKey) -> Callable[..., object]:
    def kv(key: object, namespace: object = None, error_on_missing: object = False) -> object:
        place = None if namespace in (None, "") else _text(namespace, "kv", "namespace")
        try:
            return read_key(_text(key, "kv", "key"), place)
        except NotFound as error:
            if error_on_missing in (True, "true"):
                raise ExpressionError(str(error)) from None
            return None

    return kv


def _of_files(files: ExecutionFiles) -> Functions:
    def address(path: object, namespace: object = None, version: object = None, revision: object = None) -> str:
        if version is not None or revision is not None:
            raise ExpressionError("Namespace files have no revisions here: leave out `revision` and `version`")
        return files.address(path, namespace)

    def read(path: object, namespace: object = None, version: object = None, revision: object = None) -> str:
        return files.read(address(path, namespace, version, revision)).decode("utf-8", "replace")

    def is_empty(path: object, namespace: object = None) -> bool:
        return files.size(files.address(path, namespace)) == 0

    return {
        "read": read,
        "fileURI": address,
        "fileSize": lambda path, namespace=None: files.size(files.address(path, namespace)),
        "fileExists": lambda path, namespace=None: files.exists(files.address(path, namespace)),
        "isFileEmpty": is_empty,
        "fileEmpty": is_empty,
    }


def _no_files() -> Functions:
    names = ("read", "fileURI", "fileSize", "fileExists", "isFileEmpty", "fileEmpty")
    return {name: _needs_execution(name) for name in names}


def _needs_execution(name: str) -> Callable[..., object]:
    return _refusal(f"`{name}` is not available before there is an execution")


def _refusal(message: str) -> Callable[..., object]:
    def refuse(*_arguments: object, **_named: object) -> NoReturn:
        raise ExpressionError(message)

    return refuse


def _error_logs(logs: Logs) -> Callable[[], list[dict[str, object]]]:
    return lambda: [told(entry) for entry in logs()]


def random_int(lower: object, upper: object) -> int:
    """A whole number from `lower` up to, and without, `upper`; raises ExpressionError when there is none."""
    least, most = _whole(lower, "randomInt", "lower"), _whole(upper, "randomInt", "upper")
    if least >= most:
        raise ExpressionError(f"randomInt: expected `lower` to be less than `upper`, found {least} and {most}")
    return random.randrange(least, most)  # noqa: S311 - not for secrets


def random_port() -> int:
    """A port of TCP that nobody uses at this moment."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
    return port


def nano_id(length: object = 21, alphabet: object = _NANO_ALPHABET) -> str:
    """An id of random characters of an alphabet."""
    size, characters = _whole(length, "nanoId", "length"), _text(alphabet, "nanoId", "alphabet")
    if not 1 <= size <= _NANO_LONGEST:
        raise ExpressionError(f"nanoId: expected `length` to be from 1 to {_NANO_LONGEST:,}, found {size}")
    return "".join(secrets.choice(characters) for _ in range(size))


def ksuid() -> str:
    """An id that sorts by the second in which it was made: 27 characters."""
    second = int(clock.now().timestamp()) - _KSUID_EPOCH
    number = int.from_bytes(second.to_bytes(4, "big") + secrets.token_bytes(16), "big")
    digits = []
    for _ in range(27):
        number, digit = divmod(number, len(_KSUID_ALPHABET))
        digits.append(_KSUID_ALPHABET[digit])
    return "".join(reversed(digits))


def encrypt(key: object, plaintext: object) -> object:
    """The text, encrypted with a key in Base64; nothing stays nothing."""
    return plaintext if plaintext in (None, "") else _cipher(key, "encrypt").encrypt(str(plaintext))


def decrypt(key: object, encrypted: object) -> object:
    """The text that was encrypted with the key; nothing stays nothing."""
    if encrypted in (None, ""):
        return encrypted
    return _cipher(key, "decrypt").decrypt(_text(encrypted, "decrypt", "encrypted"))


def read_secret(key: str) -> str:
    """The secret of the environment variable `SECRET_<KEY>`, base64 in one line or several; raises ExpressionError."""
    name = _SECRET_PREFIX + key.upper()
    encoded = os.environ.get(name)
    if encoded is None:
        raise ExpressionError(f"Cannot find secret for key '{key}': set the environment variable {name} to its base64")
    try:
        return base64.b64decode("".join(encoded.split()), validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        raise ExpressionError(f"The environment variable {name} must hold base64 of a text") from None


def environment() -> dict[str, str]:
    """What `envs.*` holds: the variables with the prefix `ENV_`, without it and in lower case."""
    found = ((name, value) for name, value in os.environ.items() if name.startswith(_ENV_PREFIX))
    return {name.removeprefix(_ENV_PREFIX).lower(): value for name, value in found}


def _subkey(secret: str, key: str, subkey: str) -> str:
    """A part of a secret that is a JSON object; the secret itself is never shown."""
    try:
        parts = json.loads(secret)
    except ValueError:
        raise ExpressionError(f"The secret '{key}' is not JSON, so it has no sub-key '{subkey}'") from None
    if not isinstance(parts, dict) or subkey not in parts:
        raise ExpressionError(f"Cannot find secret sub-key '{subkey}' in secret '{key}'")
    found = parts[subkey]
    return found if isinstance(found, str) else json.dumps(found)


def _cipher(key: object, name: str) -> Cipher:
    return Cipher(_text(key, name, "key"))


def _text(value: object, function: str, argument: str) -> str:
    if not isinstance(value, str) or not value:
        raise ExpressionError(f"`{function}` expects `{argument}` to be a text that is not empty")
    return value


def _whole(value: object, function: str, argument: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise ExpressionError(f"{function}: expected `{argument}` to be a whole number, found {value!r}")
    return value


def stored_keys(store: Store, namespace: str) -> ReadKey:
    """Reads the keys of a namespace, or else of those above it, and of every other namespace that is named."""
    return lambda key, other: read_value(store, other or namespace, key, above=other is None)


def stored_error_logs(store: Store) -> Callable[[str], list[LogEntry]]:
    """Reads the entries of level ERROR of an execution, at most the first 1,000, from the store."""

    def read(execution_id: str) -> list[LogEntry]:
        with store.database.read() as connection:
            return store.logs.page(connection, execution_id, min_level=Level.ERROR)

    return read
