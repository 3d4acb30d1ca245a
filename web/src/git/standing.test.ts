import { expect, test } from "vitest";
import type { Change, Repository } from "../api/types";
import { findingWords, planWords, standingOf } from "./standing";

const repository: Repository = {
  name: "flows",
  url: "https://git.example.com/flows.git",
  branch: "main",
  provider: "none",
  interval: 60,
  webhook: "/webhooks/flows",
};
const synced = { ...repository, syncedAt: "2026-11-23T00:00:00Z", head: "aaaaaaaaaa" };

test.each([
  [repository, "pending", "first sync"],
  [{ ...repository, syncedAt: "2026-11-23T00:00:00Z" }, "behind", "no commits"],
  [{ ...synced, deployed: "aaaaaaaaaa" }, "deployed", "in sync"],
  [{ ...synced, deployed: "bbbbbbbbbb" }, "behind", "behind: bbbbbbb deployed"],
  [synced, "behind", "nothing deployed"],
  [{ ...synced, deployed: "aaaaaaaaaa", error: "refused" }, "error", "sync failed"],
] as const)("a repository stands by its head, its deployed commit and its error", (given, state, words) => {
  expect(standingOf(given)).toEqual({ state, words });
});

test("a plan is counted by action", () => {
  const change = (action: Change["action"]): Change => ({ action, namespace: "a", id: "b" });
  expect(planWords({ changes: [change("create"), change("delete"), change("create")] })).toBe("2 created, 1 deleted");
  expect(planWords({ changes: [] })).toBe("no change");
});

test("findings are counted by severity", () => {
  expect(findingWords({ error: 2, warning: 1, info: 0 })).toBe("2 errors, 1 warning");
  expect(findingWords({ error: 0, warning: 0, info: 0 })).toBe("");
});
