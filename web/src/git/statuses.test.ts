import { expect, test } from "vitest";
import type { CommitStatus } from "../api/types";
import { newestStatuses } from "./statuses";

test("of several statuses of one context the newest counts", () => {
  const status = (context: string, state: CommitStatus["state"]) => ({ context, state, description: "", attempts: 1 });
  const [first, other, last] = [
    status("gitops", "pending"),
    status("gitops/a", "success"),
    status("gitops", "failure"),
  ];
  expect(newestStatuses([first, other, last])).toEqual([last, other]);
});
