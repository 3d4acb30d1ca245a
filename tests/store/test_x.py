from gitops.store.store import Store
def test_a(store: Store) -> None:
    with store.database.read() as c:
        assert store.flows.get(c, "a", "b") is None
def test_b(empty_url: str) -> None:
    Store.open(empty_url).close()
def test_c(store: Store) -> None:
    pass
def test_d(store: Store) -> None:
    pass
