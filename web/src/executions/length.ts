import type { StateRecord } from "../api/types";
import { moment } from "../parts/moment";

/** How long something took, or takes until now, in milliseconds. */
export function lengthOf(state: StateRecord, now: number): number {
  return (state.endDate ? moment(state.endDate) : now) - moment(state.startDate);
}
