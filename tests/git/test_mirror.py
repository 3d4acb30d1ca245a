"""The mirror against real repositories: over the disk, over Git's own HTTP server, and over a false ssh."""

from __future__ import annotations

import os
import shlex
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import psutil
import pygit2
import pytest
from filelock import FileLock

from gitops.errors import GitFailed
from gitops.git import mirror as mirroring
from gitops.git.mirror import Mirror
from gitops.git.remote import Credentials
from gitops.git.snapshot import Snapshot, resolve
from tests.stubs.git_http import GitHttpStub, basic
from tests.stubs.repository import BareRepository, entry

TOKEN = "t0ken-0123456789"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "mirrors" / "flows.git"


@pytest.fixture
def mirror(path: Path, origin: BareRepository) -> Mirror:
    return Mirror(path, origin.url)


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
    """Puts a shell script in front of a program."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")

    def install(name: str, script: str) -> None:
        (folder / name).write_text(f"#!/bin/sh\n{script}\n")
        (folder / name).chmod(0o755)

    return install


def failure(mirror: Mirror) -> str:
    with pytest.raises(GitFailed) as caught:
        mirror.fetch()
    return str(caught.value)


def neighbours(path: Path) -> set[str]:
    return {found.name for found in path.parent.iterdir()}


def test_the_first_fetch_makes_the_mirror(mirror: Mirror, origin: BareRepository, path: Path) -> None:
    main = origin.commit({"a.yml": "a"})
    side = origin.commit({"b.yml": "b"}, branch="feature/x")
    assert mirror.fetch() == {"main": main, "feature/x": side}
    assert Snapshot(path, main).files()[0].path == "a.yml"
    assert pygit2.Repository(str(path)).is_bare
    assert neighbours(path) - {"flows.git.lock"} == {"flows.git", path.resolve().name}


def test_only_branches_are_fetched(mirror: Mirror, origin: BareRepository, path: Path) -> None:
    main = origin.commit({"a.yml": "a"})
    origin.repository.references.create("refs/tags/v1", main)
    origin.repository.references.create("refs/pull/1/head", main)
    assert mirror.fetch() == {"main": main}
    assert pygit2.Repository(str(path)).listall_references() == ["refs/heads/main"]


def test_an_empty_repository_has_no_branches(mirror: Mirror) -> None:
    assert mirror.fetch() == {}
    assert mirror.fetch() == {}


def test_later_fetches_follow(mirror: Mirror, origin: BareRepository, path: Path) -> None:
    first = origin.commit({"a.yml": "a"})
    origin.move("side", first)
    mirror.fetch()
    second = origin.commit({"a.yml": "b"})
    origin.delete("side")
    third = origin.commit({"c.yml": "c"}, branch="side/deeper")
    assert mirror.fetch() == {"main": second, "side/deeper": third}
    origin.move("main", first)
    assert mirror.fetch()["main"] == first
    assert Snapshot(path, second).files()  # what a forced push dropped can still be read


def test_an_open_snapshot_sees_what_is_fetched_later(mirror: Mirror, origin: BareRepository, path: Path) -> None:
    first = origin.commit({"a.yml": "a"})
    mirror.fetch()
    old = Snapshot(path, first)
    second = origin.commit({"b.yml": "b"})
    mirror.fetch()
    assert [change.path for change in Snapshot(path, second).changed(old)] == ["b.yml"]


def test_a_branch_named_like_an_option_is_a_branch(mirror: Mirror, origin: BareRepository) -> None:
    commit = origin.commit({"a.yml": "a"})
    origin.move("--upload-pack=touch hacked".replace(" ", ""), commit)
    assert set(mirror.fetch()) == {"main", "--upload-pack=touchhacked"}


def test_every_object_is_in_a_pack(mirror: Mirror, origin: BareRepository, path: Path) -> None:
    for number in range(3):
        origin.commit({"a.yml": str(number)})
        mirror.fetch()
    folders = {folder.name for folder in (path / "objects").iterdir()}
    assert folders <= {"pack", "info"}


def test_many_packs_become_few(
    mirror: Mirror, origin: BareRepository, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mirroring, "PACK_LIMIT", 4)
    commits = []
    for number in range(8):
        commits.append(origin.commit({"a.yml": str(number)}))
        mirror.fetch()
    assert len(list(path.glob("objects/pack/*.pack"))) <= 4
    assert all(Snapshot(path, commit).files() for commit in commits)


def test_a_hook_in_the_mirror_never_runs(mirror: Mirror, origin: BareRepository, path: Path, tmp_path: Path) -> None:
    origin.commit({"a.yml": "a"})
    mirror.fetch()
    hook = path / "hooks" / "reference-transaction"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\ntouch {tmp_path}/hacked\n")
    hook.chmod(0o755)
    origin.commit({"a.yml": "b"})
    mirror.fetch()
    assert not (tmp_path / "hacked").exists()


def test_our_own_environment_does_not_leak_in(
    mirror: Mirror, origin: BareRepository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = tmp_path / "home" / ".gitconfig"
    settings.parent.mkdir()
    settings.write_text(f'[url "{tmp_path}/elsewhere"]\n\tinsteadOf = {tmp_path}\n')
    monkeypatch.setenv("HOME", str(settings.parent))
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("GIT_CONFIG_PARAMETERS", "'core.bare=false'")
    commit = origin.commit({"a.yml": "a"})
    assert mirror.fetch() == {"main": commit}


def test_a_remote_that_is_gone_leaves_the_mirror_as_it_was(mirror: Mirror, origin: BareRepository, path: Path) -> None:
    commit = origin.commit({"a.yml": "a"})
    mirror.fetch()
    shutil.rmtree(origin.path)
    assert failure(mirror) == (
        f"cannot fetch {origin.url}: '{origin.url}' does not appear to be a git repository; "
        "check the repository's url, and that its credentials may read it"
    )
    assert Snapshot(path, commit).files()


def test_a_first_fetch_that_fails_leaves_nothing(tmp_path: Path, path: Path) -> None:
    failure(Mirror(path, str(tmp_path / "gone.git")))
    assert neighbours(path) <= {"flows.git.lock"}


def test_objects_that_git_refuses_are_not_taken(mirror: Mirror, origin: BareRepository, path: Path) -> None:
    commit = origin.commit({"a.yml": "a"})
    mirror.fetch()
    inner = origin.write_tree(entry(0o100755, b"post-checkout", origin.write_blob(b"#!/bin/sh\n")))
    hostile = origin.commit_tree(entry(0o40000, b".GIT", inner))
    assert "the repository holds objects that Git refuses: run `git fsck` in a clone of it" in failure(mirror)
    assert resolve(path, "main") == commit
    with pytest.raises(GitFailed):
        Snapshot(path, hostile)


def damage_head(path: Path) -> None:
    (path / "HEAD").write_text("garbage")


def damage_packs(path: Path) -> None:
    for pack in path.glob("objects/pack/*.pack"):
        pack.chmod(0o644)
        pack.write_bytes(pack.read_bytes()[:40])


def damage_reference(path: Path) -> None:
    (path / "refs" / "heads" / "main").write_text("1" * 40 + "\n")


def empty_it(path: Path) -> None:
    for child in path.iterdir():
        shutil.rmtree(child) if child.is_dir() else child.unlink()


def remove_copy(path: Path) -> None:
    shutil.rmtree(path.resolve())


@pytest.mark.parametrize("damage", [damage_head, damage_packs, damage_reference, empty_it, remove_copy, Path.unlink])
def test_a_damaged_mirror_is_made_anew(
    mirror: Mirror, origin: BareRepository, path: Path, damage: Callable[[Path], None]
) -> None:
    origin.commit({"a.yml": "a"})
    mirror.fetch()
    damage(path)
    commit = origin.commit({"b.yml": "b"})
    assert mirror.fetch() == {"main": commit}
    assert [file.path for file in Snapshot(path, commit).files()] == ["a.yml", "b.yml"]
    assert neighbours(path) - {"flows.git.lock"} == {"flows.git", path.resolve().name}


def test_a_new_mirror_is_not_mistaken_for_the_old_one_that_is_still_open(
    mirror: Mirror, origin: BareRepository, path: Path
) -> None:
    commit = origin.commit({"a.yml": "a"})
    mirror.fetch()
    damage_packs(path)
    still_open = pygit2.Repository(str(path))
    with pytest.raises(pygit2.GitError):
        still_open.get(commit)
    mirror.rebuild()
    assert Snapshot(path, commit).files()


def test_a_reader_that_finds_damage_can_ask_for_a_new_mirror(
    mirror: Mirror, origin: BareRepository, path: Path
) -> None:
    commit = origin.commit({"a.yml": "a"})
    mirror.fetch()
    damage_packs(path)
    with pytest.raises(GitFailed, match="it may be damaged"):
        Snapshot(path, commit)
    assert mirror.rebuild() == {"main": commit}
    assert Snapshot(path, commit).files()


def test_what_a_killed_fetch_left_behind_is_swept(mirror: Mirror, origin: BareRepository, path: Path) -> None:
    origin.commit({"a.yml": "a"})
    mirror.fetch()
    left = [path / "packed-refs.lock", path / "refs/heads/main.lock", path / "objects/pack/tmp_pack_x"]
    for file in left:
        file.touch()
    (path.parent / "flows.git.copy-unfinished").mkdir()
    (path.parent / "flows.git.copyist").mkdir()
    commit = origin.commit({"a.yml": "b"})
    assert mirror.fetch() == {"main": commit}
    assert not any(file.exists() for file in left)
    assert neighbours(path) - {"flows.git.lock"} == {"flows.git", path.resolve().name, "flows.git.copyist"}


def test_threads_and_mirrors_of_one_path_take_turns(origin: BareRepository, path: Path) -> None:
    commit = origin.commit({"a.yml": "a"})
    shared = Mirror(path, origin.url)
    results: list[dict[str, str]] = []
    mirrors = [shared, shared, Mirror(path, origin.url), Mirror(path, origin.url)]
    threads = [threading.Thread(target=lambda one=one: results.append(one.fetch())) for one in mirrors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [{"main": commit}] * 4


def test_waiting_for_another_fetch_has_an_end(origin: BareRepository, path: Path) -> None:
    path.parent.mkdir()
    with FileLock(f"{path}.lock"):
        message = failure(Mirror(path, origin.url, timeout=0.1))
    assert message == (
        f"cannot fetch {origin.url}: another fetch holds {path}; "
        "try again when it is done, or raise the repository's time limit"
    )


def test_waiting_for_another_thread_has_an_end_too(origin: BareRepository, path: Path) -> None:
    mirror = Mirror(path, origin.url, timeout=0.1)
    with mirror._threads:
        assert f"another fetch holds {path}" in failure(mirror)


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path, origin: BareRepository) -> None:
    (tmp_path / "file").touch()
    message = failure(Mirror(tmp_path / "file" / "flows.git", origin.url))
    assert message.startswith(f"cannot write the mirror {tmp_path}/file/flows.git: ")
    assert message.endswith("; check the disk and the permissions of its folder")


def test_a_fetch_ends_at_its_time_limit_with_all_its_processes(
    tmp_path: Path, path: Path, programs: Callable[[str, str], None]
) -> None:
    os.mkfifo(tmp_path / "never")
    child = f"sh -c 'echo $$ > {tmp_path}/child; read line < {tmp_path}/never'"
    programs("ssh", f"{child} & echo $$ > {tmp_path}/pid; wait")
    message = failure(Mirror(path, "ssh://git@host.invalid/acme/flows.git", timeout=2))
    assert message == (
        "cannot fetch ssh://git@host.invalid/acme/flows.git: it took longer than 2 seconds and was stopped; "
        "check that the host can be reached, or raise the repository's time limit"
    )
    for name in ("pid", "child"):
        assert is_gone(int((tmp_path / name).read_text()))
    assert neighbours(path) <= {"flows.git.lock"}


def is_gone(process_id: int) -> bool:
    try:
        psutil.Process(process_id).wait(timeout=10)
    except psutil.NoSuchProcess:
        return True
    except psutil.TimeoutExpired:
        return psutil.Process(process_id).status() == psutil.STATUS_ZOMBIE
    return True


def test_ssh_checks_host_keys_and_uses_only_the_given_key(
    tmp_path: Path, path: Path, programs: Callable[[str, str], None]
) -> None:
    programs("ssh", f'printf "%s\\n" "$@" > {tmp_path}/arguments; echo "Host key verification failed." >&2; exit 255')
    key, hosts = tmp_path / "a key", tmp_path / "known hosts"
    mirror = Mirror(path, "git@host.invalid:acme/flows.git", credentials=Credentials(ssh_key=key, known_hosts=hosts))
    assert failure(mirror) == (
        "cannot fetch git@host.invalid:acme/flows.git: Host key verification failed; "
        "add the host's key to the known hosts file of the repository's credentials"
    )
    arguments = (tmp_path / "arguments").read_text().splitlines()
    assert {"StrictHostKeyChecking=yes", "BatchMode=yes", "IdentitiesOnly=yes", "git@host.invalid"} <= set(arguments)
    assert f'IdentityFile="{key}"' in arguments
    assert f'UserKnownHostsFile="{hosts}"' in arguments


def test_a_token_opens_a_private_repository(tmp_path: Path, path: Path, origin: BareRepository) -> None:
    commit = origin.commit({"a.yml": "a"})
    with GitHttpStub(tmp_path, token=TOKEN) as server:
        mirror = Mirror(path, f"{server.url}/origin.git", credentials=Credentials(token=TOKEN))
        assert mirror.fetch() == {"main": commit}
    assert set(server.authorizations) == {basic("x-access-token", TOKEN)}
    assert TOKEN not in (path / "config").read_text()


@pytest.mark.parametrize("credentials", [None, Credentials(token="wrong")], ids=["none", "wrong"])
def test_without_the_token_nobody_is_asked(
    tmp_path: Path, path: Path, origin: BareRepository, credentials: Credentials | None
) -> None:
    with GitHttpStub(tmp_path, token=TOKEN) as server:
        message = failure(Mirror(path, f"{server.url}/origin.git", credentials=credentials))
    assert message == (
        f"cannot fetch {server.url}/origin.git: could not read Username for '{server.url}': "
        "terminal prompts disabled; check the repository's credentials"
    )


def test_a_redirect_is_not_followed(tmp_path: Path, path: Path, origin: BareRepository) -> None:
    with GitHttpStub(tmp_path) as target, GitHttpStub(tmp_path) as server:
        server.redirect = target.url
        message = failure(Mirror(path, f"{server.url}/origin.git", credentials=Credentials(token=TOKEN)))
    assert message.endswith("; the repository has moved: write its new url in the settings")
    assert target.authorizations == []


def test_a_repository_that_the_server_lacks_is_named(tmp_path: Path, path: Path) -> None:
    with GitHttpStub(tmp_path) as server:
        message = failure(Mirror(path, f"{server.url}/gone.git"))
    assert message == (
        f"cannot fetch {server.url}/gone.git: repository '{server.url}/gone.git/' not found; "
        "check the repository's url, and that its credentials may read it"
    )


def test_the_token_is_in_no_argument_and_no_message(
    tmp_path: Path, path: Path, origin: BareRepository, programs: Callable[[str, str], None]
) -> None:
    git = shlex.quote(shutil.which("git") or "git")
    secret = basic("x-access-token", TOKEN).removeprefix("Basic ")
    programs("git", f'echo "$@" >> {tmp_path}/arguments; echo "fatal: {TOKEN} {secret} u:p" >&2; {git} "$@"')
    with GitHttpStub(tmp_path) as server:
        mirror = Mirror(path, f"{server.url}/gone.git", credentials=Credentials(token=TOKEN))
        message = failure(mirror)
    arguments = (tmp_path / "arguments").read_text()
    assert "--end-of-options" in arguments
    assert TOKEN not in arguments
    assert secret not in arguments
    assert message.startswith(f"cannot fetch {server.url}/gone.git: *** *** u:p; ")
    assert TOKEN not in repr(Credentials(token=TOKEN))


def test_a_missing_git_program_is_named(mirror: Mirror, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert failure(mirror) == ("expected the `git` program on the PATH, found none; install Git 2.33 or later")
