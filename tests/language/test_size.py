"""Sizes of data are read into bytes."""

from __future__ import annotations

import pytest

from gitops.language.size import parse_size


@pytest.mark.parametrize(
    ("text", "size"),
    [("0", 0), ("512", 512), ("10B", 10), ("64KB", 65_536), ("1 mb", 1 << 20), ("2GiB", 2 << 30), ("1T", 1 << 40)],
)
def test_a_size_is_read_with_units_of_1024(text: str, size: int) -> None:
    assert parse_size(text) == size


def test_another_text_is_refused_with_the_form() -> None:
    with pytest.raises(ValueError, match="expected a size such as 512, 64KB, 512MB or 1GB, found `much`"):
        parse_size("much")
