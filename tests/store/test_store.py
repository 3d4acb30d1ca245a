from __future__ import annotations

from dataclasses import fields

import pytest

from gitops.errors import StoreFailed
from gitops.store.store import Store
from tests.store.samples import created, execution, load, save


def test_what_was_written_is_there_after_opening_again(empty_url: str) -> None:
    store = Store.open(empty_url)
    made = execution()
    save(store, created(made))
    store.close()
    again = Store.open(empty_url)
    assert load(again, made.id) == made
    again.close()


def test_close_finishes_what_the_journal_accepted(url: str) -> None:
    store = Store.open(url)
    futures = [store.journal.submit(lambda _: None) for _ in range(10)]
    store.close()
    assert all(future.done() for future in futures)
    with pytest.raises(StoreFailed, match=r"^the store is closed$"):
        store.journal.submit(lambda _: None)


def test_the_store_has_each_kind_of_record_by_name(store: Store) -> None:
    for part in fields(store):
        assert type(getattr(store, part.name)).__name__.lower() == part.name.replace("_", "")
