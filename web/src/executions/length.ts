import type { StateRecord } from "../api/types";

/** How long something took, or takes until now, in milliseconds. */
export function lengthOf(state: StateRecord, now: number): number {
  return (state.endDate ? Date.parse(state.endDate) : now) - Date.parse(state.startDate);
}
