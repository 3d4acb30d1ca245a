"""Which files there are: in real work trees, indexes and revisions."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from gitops.errors import UnknownRevision
from gitops.git.listing import Place, Revision, Unstaged, WorkTree, commit, index, merge_base, place
from tests.stories.clone import Clone, flow, git


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    """A clone with two flows and a script."""
    clone = Clone(tmp_path / "clone", tmp_path / "origin.git")
    clone.write("company/team/one.yml", flow("one"))
    clone.write("company/team/two.yaml", flow("two"))
    clone.write("company/team/load.sql", "select 1\n")
    clone.commit("Add")
    return clone


def blob(clone: Clone, name: str) -> str:
    return git(clone.folder, "rev-parse", name)


def test_a_repository_is_found_from_any_folder_of_it(clone: Clone, tmp_path: Path) -> None:
    assert place(str(clone.folder / "company" / "team")) == Place(str(clone.folder))
    assert place(str(clone.folder / "company" / "team" / "one.yml")) == Place(str(clone.folder))
    assert place(str(clone.bare)) == Place(str(clone.bare), bare=True)
    assert place(str(tmp_path)) is None


def test_a_revision_lists_its_flow_files_with_their_ids_and_every_path(clone: Clone) -> None:
    found = Revision(str(clone.folder), "HEAD").listing()
    assert found.flows == {
        path: blob(clone, f"HEAD:{path}") for path in ("company/team/one.yml", "company/team/two.yaml")
    }
    assert found.paths == {*found.flows, "company/team/load.sql"}


def test_a_revision_that_is_not_there_is_unknown(clone: Clone) -> None:
    with pytest.raises(UnknownRevision, match="found `nowhere`; list them with `git branch --all`"):
        Revision(str(clone.folder), "nowhere").listing()
    with pytest.raises(UnknownRevision, match="found `nowhere`"):
        Unstaged(str(clone.folder), "nowhere").flows({})


def test_a_work_tree_has_ids_of_what_is_unchanged_only(clone: Clone) -> None:
    clone.write("company/team/one.yml", flow("one", message="changed"))
    clone.remove("company/team/two.yaml")
    clone.write("company/team/new.yml", flow("new"))
    clone.write("ignored.yml", flow("ignored"))
    clone.write(".gitignore", "ignored.yml\n")
    clone.write("company/team/same.yml", flow("same"))
    git(clone.folder, "add", "company/team/same.yml")
    assert WorkTree(str(clone.folder)).listing().flows == {
        "company/team/one.yml": None,
        "company/team/new.yml": None,
        "company/team/same.yml": blob(clone, ":company/team/same.yml"),
    }


def test_the_index_has_what_is_staged_and_knows_what_it_was(clone: Clone) -> None:
    before = blob(clone, "HEAD:company/team/one.yml")
    clone.write("company/team/one.yml", flow("one", message="staged"))
    clone.write("company/team/new.yml", flow("new"))
    git(clone.folder, "add", "--all")
    git(clone.folder, "rm", "--quiet", "--cached", "company/team/two.yaml")
    clone.write("company/team/one.yml", flow("one", message="not staged"))
    listing = index(str(clone.folder))
    assert listing.flows == {path: blob(clone, f":{path}") for path in ("company/team/one.yml", "company/team/new.yml")}
    was = Unstaged(str(clone.folder), "HEAD").flows(listing.staged)
    assert {path: each for path, each in was.items() if each} == {
        "company/team/one.yml": before,
        "company/team/two.yaml": blob(clone, "HEAD:company/team/two.yaml"),
    }


def test_links_submodules_and_strange_names_are_left_out(clone: Clone) -> None:
    (clone.folder / "link.yml").symlink_to("company/team/one.yml")
    (clone.folder / "back\\slash.yml").write_text("")
    (clone.folder / "bell\a.yml").write_text("")
    Path(os.fsdecode(os.fsencode(clone.folder) + b"/\xff.yml")).write_text("")
    (clone.folder / "naïve.yml").write_text("")
    clone.commit("Add strange names")
    for listing in (Revision(str(clone.folder), "HEAD").listing(), WorkTree(str(clone.folder)).listing()):
        assert set(listing.flows) == {"company/team/one.yml", "company/team/two.yaml", "naïve.yml"}


def test_a_name_that_git_itself_would_not_write_is_left_out(clone: Clone) -> None:
    tree = git(clone.folder, "rev-parse", "HEAD:company")
    source = f"040000 tree {tree}\t.git \n"
    done = os.popen(f"cd {clone.folder} && printf '{source}' | git mktree")
    hostile = done.read().strip()
    assert done.close() is None
    assert Revision(str(clone.folder), hostile).listing().flows == {}


def test_commits_and_where_histories_part(clone: Clone) -> None:
    first = git(clone.folder, "rev-parse", "HEAD")
    git(clone.folder, "checkout", "--quiet", "-b", "work")
    clone.write("company/team/three.yml", flow("three"))
    ours = clone.commit("Add three")
    git(clone.folder, "checkout", "--quiet", "main")
    clone.write("company/team/four.yml", flow("four"))
    clone.commit("Add four")
    folder = str(clone.folder)
    assert commit(folder, "work") == ours
    assert commit(folder, "nowhere") is None
    assert merge_base(folder, "work", "main") == first
    assert merge_base(folder, "work", "nowhere") is None
