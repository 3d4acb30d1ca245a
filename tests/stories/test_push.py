"""A push becomes a status: a real service, a real repository, a stub of GitHub that checks every request."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.stories.clone import Clone, flow, git
from tests.stories.conftest import SECRET
from tests.stories.service import Service
from tests.stubs.github import GitHubStub, push_payload, webhook

pytestmark = pytest.mark.story

CONTEXT = "gitops"
ZERO = "0" * 40
STEPS = ("fetched", "pending-enqueued", "linted", "applied", "status-claimed", "status-posted")


def tell(service: Service, sha: str, *, branch: str = "main", delivery: str | None = None) -> int:
    """Deliver the push's webhook as GitHub does; returns the answer's status."""
    payload = push_payload(ref=f"refs/heads/{branch}", before=ZERO, after=sha)
    headers, body = webhook(payload, secret=SECRET)
    headers["X-GitHub-Delivery"] = delivery or f"delivery-{sha}"
    return service.raw("POST", "/webhooks/flows", headers=headers, content=body).status_code


def flows(service: Service) -> dict[str, int]:
    """The live flows with their revisions."""
    found = service.get("/flows/search")["results"]
    return {f"{item['namespace']}.{item['id']}": item["revision"] for item in found}


def commit_of(service: Service, sha: str) -> dict[str, Any]:
    found: dict[str, Any] = service.get(f"/repositories/flows/commits/{sha}")
    return found


def story_of(github: GitHubStub, sha: str) -> list[tuple[str, str]]:
    """The statuses that the host was sent for a commit."""
    return [(status.state, status.description) for status in github.statuses(sha, CONTEXT)]


def test_a_good_push_is_deployed_and_its_status_leads_to_its_page(
    service: Service, clone: Clone, github: GitHubStub
) -> None:
    clone.write("company/team/one.yml", flow("one"))
    first = clone.push("Add one")
    service.start()
    posted = github.wait_for(first, CONTEXT, "success")
    assert posted.description == "1 created"
    assert posted.target_url == f"{service.url}/ui/main/git/flows/{first}"
    assert story_of(github, first) == [("pending", "linting"), ("success", "1 created")]

    clone.write("company/team/one.yml", flow("one", message="again"))
    clone.write("company/team/data/two.yml", flow("two", namespace="company.team.data"))
    second = clone.push("Change one, add two")
    assert tell(service, second) == 202
    github.wait_for(second, CONTEXT, "success")
    assert flows(service) == {"company.team.one": 2, "company.team.data.two": 1}
    commit = commit_of(service, second)
    assert (commit["verdict"], commit["description"]) == ("deployed", "1 created, 1 updated")
    assert {(change["action"], change["id"]) for change in commit["changes"]} == {("update", "one"), ("create", "two")}


def test_a_push_with_an_error_deploys_nothing_and_says_where_it_is(
    service: Service, clone: Clone, github: GitHubStub
) -> None:
    clone.write("company/team/one.yml", flow("one"))
    good = clone.push("Add one")
    service.start()
    github.wait_for(good, CONTEXT, "success")

    clone.write("company/team/one.yml", flow("one").replace("message:", "mesage:"))
    clone.write("company/team/two.yml", flow("two"))
    bad = clone.push("Misspell")
    tell(service, bad)
    assert github.wait_for(bad, CONTEXT, "failure").description == "2 errors in 1 file"
    assert flows(service) == {"company.team.one": 1}
    findings = commit_of(service, bad)["findings"]
    assert {finding["rule"] for finding in findings} == {"unknown-property", "missing-property"}
    misspelt = next(finding for finding in findings if finding["rule"] == "unknown-property")
    assert (misspelt["path"], misspelt["line"], misspelt["column"]) == ("company/team/one.yml", 6, 5)

    clone.write("company/team/one.yml", flow("one"))
    mended = clone.push("Mend")
    tell(service, mended)
    assert github.wait_for(mended, CONTEXT, "success").description == "1 created"
    assert flows(service) == {"company.team.one": 1, "company.team.two": 1}


def test_a_change_of_namespace_is_refused_with_the_way_out(service: Service, clone: Clone, github: GitHubStub) -> None:
    clone.write("company/team/one.yml", flow("one"))
    first = clone.push("Add one")
    service.start()
    github.wait_for(first, CONTEXT, "success")
    clone.remove("company/team/one.yml")
    clone.write("company/other/one.yml", flow("one", namespace="company.other"))
    moved = clone.push("Move to another namespace")
    tell(service, moved)
    github.wait_for(moved, CONTEXT, "failure")
    (finding,) = commit_of(service, moved)["findings"]
    assert finding["rule"] == "namespace-changed"
    assert "delete" in finding["help"]
    assert flows(service) == {"company.team.one": 1}


def test_a_renamed_file_keeps_its_flow(service: Service, clone: Clone, github: GitHubStub) -> None:
    clone.write("company/team/one.yml", flow("one"))
    first = clone.push("Add one")
    service.start()
    github.wait_for(first, CONTEXT, "success")
    clone.move("company/team/one.yml", "company/team/renamed.yml")
    renamed = clone.push("Rename the file")
    tell(service, renamed)
    assert github.wait_for(renamed, CONTEXT, "success").description == "1 moved"
    assert flows(service) == {"company.team.one": 1}
    assert service.get("/flows/company.team/one")["path"] == "company/team/renamed.yml"


def test_a_deleted_file_deletes_its_flow_and_its_revisions_stay(
    service: Service, clone: Clone, github: GitHubStub
) -> None:
    clone.write("company/team/one.yml", flow("one"))
    clone.write("company/team/two.yml", flow("two"))
    first = clone.push("Add two flows")
    service.start()
    github.wait_for(first, CONTEXT, "success")
    clone.remove("company/team/two.yml")
    gone = clone.push("Delete two")
    tell(service, gone)
    assert github.wait_for(gone, CONTEXT, "success").description == "1 deleted"
    assert flows(service) == {"company.team.one": 1}
    assert [item["revision"] for item in service.get("/flows/company.team/two/revisions")] == [1]


def test_a_force_push_is_deployed_from_its_tree_and_said(service: Service, clone: Clone, github: GitHubStub) -> None:
    clone.write("company/team/one.yml", flow("one"))
    first = clone.push("Add one")
    clone.write("company/team/two.yml", flow("two"))
    second = clone.push("Add two")
    service.start()
    github.wait_for(second, CONTEXT, "success")
    git(clone.folder, "reset", "--quiet", "--hard", first)
    clone.write("company/team/one.yml", flow("one", message="rewritten"))
    rewritten = clone.push("Rewrite", force=True)
    tell(service, rewritten)
    posted = github.wait_for(rewritten, CONTEXT, "success")
    assert posted.description == "1 updated, 1 deleted; history was rewritten"
    assert flows(service) == {"company.team.one": 2}


def test_another_branch_is_linted_and_not_deployed(service: Service, clone: Clone, github: GitHubStub) -> None:
    clone.write("company/team/one.yml", flow("one"))
    first = clone.push("Add one")
    service.start()
    github.wait_for(first, CONTEXT, "success")
    clone.write("company/team/two.yml", flow("two"))
    proposed = clone.push("Propose two", branch="proposal")
    tell(service, proposed, branch="proposal")
    assert github.wait_for(proposed, CONTEXT, "success").description == "linted: no findings in 2 files"
    assert flows(service) == {"company.team.one": 1}


def test_two_pushes_at_once_end_with_one_verdict_each(service: Service, clone: Clone, github: GitHubStub) -> None:
    service.start()
    clone.write("company/team/one.yml", flow("one"))
    shas = [clone.push("Add one")]
    clone.write("company/team/two.yml", flow("two"))
    shas.append(clone.push("Add two"))
    with ThreadPoolExecutor(2) as both:
        assert list(both.map(lambda sha: tell(service, sha), shas)) == [202, 202]
    github.wait_for(shas[1], CONTEXT, "success")
    assert flows(service) == {"company.team.one": 1, "company.team.two": 1}
    for sha in shas:
        assert len({state for state, _ in story_of(github, sha)} - {"pending"}) <= 1


@pytest.mark.parametrize("step", STEPS)
def test_kill_9_at_any_step_is_repaired_at_the_next_start(
    service: Service, clone: Clone, github: GitHubStub, step: str
) -> None:
    clone.write("company/team/one.yml", flow("one"))
    sha = clone.push("Add one")
    service.start(checkpoint=step)
    service.wait_for_end()
    assert service.exit_code == -9
    service.start()
    assert github.wait_for(sha, CONTEXT, "success").description == "1 created"
    assert flows(service) == {"company.team.one": 1}
    assert commit_of(service, sha)["verdict"] == "deployed"
    service.stop()
    sent = story_of(github, sha)
    assert sent.count(("success", "1 created")) == 1
    assert set(sent) <= {("pending", "linting"), ("success", "1 created")}
    assert sent[-1] == ("success", "1 created")


def test_a_host_that_is_away_gets_its_status_later(service: Service, clone: Clone, github: GitHubStub) -> None:
    clone.write("company/team/one.yml", flow("one"))
    sha = clone.push("Add one")
    github.fail_next(2, status=503)
    service.start()
    github.wait_for(sha, CONTEXT, "success", timeout=30)
    assert story_of(github, sha)[-1] == ("success", "1 created")


@pytest.mark.parametrize("signature", [None, "sha256=" + "0" * 64, "sha1=abc", ""])
def test_a_webhook_without_the_right_signature_changes_nothing(
    service: Service, clone: Clone, github: GitHubStub, signature: str | None
) -> None:
    clone.write("company/team/one.yml", flow("one"))
    seen = clone.push("Add one")
    service.start()
    github.wait_for(seen, CONTEXT, "success", timeout=30)
    clone.write("company/team/two.yml", flow("two"))
    sha = clone.push("Add two")
    headers, body = webhook(push_payload(ref="refs/heads/main", before=seen, after=sha), secret="another")
    if signature is None:
        del headers["X-Hub-Signature-256"]
    else:
        headers["X-Hub-Signature-256"] = signature
    assert service.raw("POST", "/webhooks/flows", headers=headers, content=body).status_code == 401
    assert [commit["sha"] for commit in service.get("/repositories/flows/commits")["results"]] == [seen]
    assert {status.sha for status in github.posted} == {seen}


def test_a_delivery_that_is_repeated_wakes_nobody(service: Service, clone: Clone, github: GitHubStub) -> None:
    service.start()
    clone.write("company/team/one.yml", flow("one"))
    sha = clone.push("Add one")
    tell(service, sha, delivery="same")
    github.wait_for(sha, CONTEXT, "success")
    headers, body = webhook(push_payload(ref="refs/heads/main", before=ZERO, after=sha), secret=SECRET)
    headers["X-GitHub-Delivery"] = "same"
    answer = service.raw("POST", "/webhooks/flows", headers=headers, content=body)
    assert (answer.status_code, answer.json()) == (202, {"woken": False})


def test_polling_finds_a_push_without_a_webhook(service: Service, clone: Clone, github: GitHubStub) -> None:
    service._settings["repositories"][0]["interval"] = 1
    service.start()
    clone.write("company/team/one.yml", flow("one"))
    sha = clone.push("Add one")
    assert github.wait_for(sha, CONTEXT, "success", timeout=20).description == "1 created"


def test_an_execution_that_a_push_started_posts_its_result_on_the_commit_when_asked(
    service: Service, clone: Clone, github: GitHubStub
) -> None:
    hook = "triggers:\n  - id: hook\n    type: io.kestra.plugin.core.trigger.Webhook\n    key: k\n"
    clone.write("company/team/asks.yml", flow("asks", more='labels:\n  gitops.commitStatus: "true"\n' + hook))
    clone.write("company/team/silent.yml", flow("silent", more=hook))
    sha = clone.push("Add flows")
    service.start()
    github.wait_for(sha, CONTEXT, "success")
    payload = push_payload(ref="refs/heads/main", before=ZERO, after=sha)
    payload["repository"]["clone_url"] = str(clone.bare)
    for name in ("silent", "asks"):
        execution = service.post(f"/executions/webhook/company.team/{name}/k", json=payload)
        assert execution["commit"] == sha
        service.wait_for_execution(execution["id"])
    posted = github.wait_for(sha, "gitops/run: company.team.asks", "success")
    assert posted.description.startswith("asks SUCCESS in ")
    assert posted.target_url == f"{service.url}/ui/main/executions/company.team/asks/{execution['id']}"
    assert {status.context for status in github.posted} == {CONTEXT, "gitops/run: company.team.asks"}


def test_an_unknown_commit_in_a_call_is_not_carried(service: Service, clone: Clone, github: GitHubStub) -> None:
    hook = "triggers:\n  - id: hook\n    type: io.kestra.plugin.core.trigger.Webhook\n    key: k\n"
    clone.write("company/team/one.yml", flow("one", more=hook))
    sha = clone.push("Add one")
    service.start()
    github.wait_for(sha, CONTEXT, "success")
    payload = push_payload(ref="refs/heads/main", before=ZERO, after="f" * 40)
    payload["repository"]["clone_url"] = str(clone.bare)
    assert "commit" not in service.post("/executions/webhook/company.team/one/k", json=payload)
