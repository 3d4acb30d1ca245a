import type { Commit, Repository, Verdict } from "../api/types";
import { counted, shortSha } from "../parts/words";

export interface Standing {
  state: "deployed" | "behind" | "error" | "pending";
  words: string;
}

/** How far the deployed flows are behind the repository. */
export function standingOf({ error, syncedAt, head, deployed }: Repository): Standing {
  if (error) return { state: "error", words: "sync failed" };
  if (!syncedAt) return { state: "pending", words: "first sync" };
  if (!head) return { state: "behind", words: "no commits" };
  if (head === deployed) return { state: "deployed", words: "in sync" };
  return { state: "behind", words: deployed ? `behind: ${shortSha(deployed)} deployed` : "nothing deployed" };
}

export const VERDICTS: Record<Verdict, string> = {
  pending: "in progress",
  deployed: "deployed",
  refused: "refused",
  linted: "linted",
  superseded: "superseded",
  failed: "failed",
};

/** A plan in a few words: `2 created, 1 deleted`. */
export function planWords(commit: Pick<Commit, "changes">): string {
  const words: [string, string][] = [
    ["create", "created"],
    ["update", "updated"],
    ["delete", "deleted"],
  ];
  const parts = words
    .map(([action, done]) => [commit.changes.filter((change) => change.action === action).length, done] as const)
    .filter(([count]) => count > 0)
    .map(([count, done]) => `${count} ${done}`);
  return parts.join(", ") || "no change";
}

/** Findings in a few words: `2 errors, 1 warning`; empty without findings. */
export function findingWords(counts: Commit["findingCounts"]): string {
  const { error = 0, warning = 0, info = 0 } = counts;
  const all: [number, string][] = [
    [error, counted(error, "error")],
    [warning, counted(warning, "warning")],
    [info, counted(info, "hint")],
  ];
  return all.flatMap(([count, words]) => (count ? [words] : [])).join(", ");
}
