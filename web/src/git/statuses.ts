import type { CommitStatus } from "../api/types";

/** The newest status of each context; they come oldest first. */
export function newestStatuses(statuses: CommitStatus[]): CommitStatus[] {
  return [...new Map(statuses.map((status) => [status.context, status])).values()];
}
