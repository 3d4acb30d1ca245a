"""Every test here runs on SQLite and on PostgreSQL."""

from __future__ import annotations

from tests.store.fixtures import databases, empty_url, kind, store, url

__all__ = ["databases", "empty_url", "kind", "store", "url"]
