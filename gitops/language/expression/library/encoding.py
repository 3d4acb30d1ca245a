"""Filters and functions that write and read other notations: JSON, YAML, Base64, URLs, hashes; and class names."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Final
from urllib.parse import quote_plus, unquote_plus

from gitops.errors import ExpressionError
from gitops.language.expression.scope import Scope
from gitops.language.expression.values import BigInteger, Float, Long, compact, from_text, text

_NARROW: Final = 2**31
_WHOLE: Final = 2**63
_STEPS_OF_YAML: Final = 4
"""Steps of each character: YAML is slow to read and to write."""


def to_json(value: object) -> str:
    """Compact JSON."""
    return compact(value)


def from_json(json_: object) -> object:
    """The value that a text of JSON is."""
    if json_ is None:
        return None
    try:
        return from_text(text(json_))
    except ValueError as error:
        raise ExpressionError(f"The text is not JSON: {error}") from error


def is_json(value: object) -> bool:
    """Whether a text is JSON."""
    try:
        return isinstance(value, str) and (from_text(value) is not None or value.strip() == "null")
    except (ValueError, RecursionError):
        return False


def to_yaml(scope: Scope, value: object) -> str:
    """YAML without a document marker, with as few quotes as can be and lists one blank to the right."""
    from gitops.language.expression.library.yaml_writer import write

    scope.budget.spend(len(compact(value)) * _STEPS_OF_YAML)
    return write(value)


def from_yaml(scope: Scope, yaml: object) -> object:
    """The value that a text of YAML is; dates stay texts."""
    if yaml is None:
        return None
    from gitops.language.expression.library.yaml_writer import read

    source = text(yaml)
    scope.budget.spend(len(source) * _STEPS_OF_YAML)
    value = read(source)
    scope.budget.weigh(value)
    return value


def base64_encode(value: object) -> str | None:
    """Base64 of the text in UTF-8."""
    return None if value is None else base64.b64encode(_bytes(value)).decode()


def base64_decode(value: object) -> str | None:
    """The text that was encoded."""
    if value is None:
        return None
    try:
        return base64.b64decode(_bytes(value), validate=True).decode("utf-8", "replace")
    except binascii.Error:
        raise ExpressionError("The text is not Base64") from None


def url_encode(value: object) -> str | None:
    """The text as a part of a URL's query."""
    return None if value is None else quote_plus(text(value), safe="*-._").replace("~", "%7E")


def url_decode(value: object) -> str | None:
    """The text that a part of a URL's query stands for."""
    return None if value is None else unquote_plus(text(value))


def md5(value: object) -> str | None:
    """MD5 in hexadecimal."""
    return None if value is None else hashlib.md5(_bytes(value), usedforsecurity=False).hexdigest()


def sha1(value: object) -> str | None:
    """SHA-1 in hexadecimal."""
    return None if value is None else hashlib.sha1(_bytes(value), usedforsecurity=False).hexdigest()


def sha256(value: object) -> str | None:
    """SHA-256 in hexadecimal."""
    return None if value is None else hashlib.sha256(_bytes(value)).hexdigest()


def sha512(value: object) -> str | None:
    """SHA-512 in hexadecimal."""
    return None if value is None else hashlib.sha512(_bytes(value)).hexdigest()


def class_name(value: object) -> str | None:
    """The name of the Java class that such a value would have."""
    if value is None:
        return None
    if type(value) is int:
        return "java.lang." + ("Integer" if -_NARROW <= value < _NARROW else "Long") if abs(value) < _WHOLE else _BIG
    return next((name for types, name in _CLASSES if isinstance(value, types)), "java.lang.Object")


_BIG: Final = "java.math.BigInteger"
_CLASSES: Final[tuple[tuple[type | tuple[type, ...], str], ...]] = (
    (str, "java.lang.String"),
    (bool, "java.lang.Boolean"),
    (Long, "java.lang.Long"),
    (BigInteger, _BIG),
    (Float, "java.lang.Float"),
    (float, "java.lang.Double"),
    (Decimal, "java.math.BigDecimal"),
    (datetime, "java.time.ZonedDateTime"),
    (date, "java.time.LocalDate"),
    (time, "java.time.LocalTime"),
    (timedelta, "java.time.Duration"),
    (Mapping, "java.util.LinkedHashMap"),
    ((list, tuple), "java.util.ArrayList"),
)


def _bytes(value: object) -> bytes:
    return value if isinstance(value, bytes) else text(value).encode()
