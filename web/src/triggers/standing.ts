import type { Backfill, FoundTrigger, TriggerState } from "../api/types";
import { counted, shortType } from "../parts/words";
import type { TriggerVerb } from "./requests";

/** How a trigger stands, in one word. */
export type Standing = "disabled" | "backfill" | "locked" | "waiting";

export function standingOf(state: TriggerState): Standing {
  if (state.disabled) return "disabled";
  if (state.backfill) return "backfill";
  return state.locked ? "locked" : "waiting";
}

/** What makes the trigger fire, as its source says it: `0 4 * * *`, `every PT5M`; nothing when there is nothing short. */
export function whenOf({ abstractTrigger }: FoundTrigger): string {
  const { cron, interval, timezone, dates, conditions } = abstractTrigger ?? {};
  if (cron) return [cron, timezone].filter(Boolean).join(" · ");
  if (Array.isArray(dates)) return `${dates.length} dates`;
  if (interval) return `every ${String(interval)}`;
  const count = Array.isArray(conditions) ? conditions.length : 0;
  return count ? counted(count, "condition") : "";
}

/** The address that calls a webhook; undefined while its key is written as an expression. */
export function webhookOf({ abstractTrigger, triggerContext }: FoundTrigger, origin: string): string | undefined {
  const key = abstractTrigger?.["key"];
  if (shortType(triggerContext.type) !== "Webhook" || typeof key !== "string" || key.includes("{{")) return undefined;
  const parts = [triggerContext.namespace, triggerContext.flowId, key].map(encodeURIComponent);
  return `${origin}/api/v1/main/executions/webhook/${parts.join("/")}`;
}

/** How much of a backfill is done, from 0 to 1. */
export function shareOf({ start, end, currentDate }: Backfill): number {
  const [from, to, at] = [start, end, currentDate].map((date) => Date.parse(date)) as [number, number, number];
  return to > from ? Math.min(1, Math.max(0, (at - from) / (to - from))) : 1;
}

const SCHEDULES = new Set(["Schedule", "ScheduleOnDates"]);

/** Whether a trigger has dates to run through. */
export const hasDates = (state: TriggerState) => SCHEDULES.has(shortType(state.type));

/** Whether a trigger is evaluated in an interval. */
export const isPolled = ({ abstractTrigger }: FoundTrigger) => Boolean(abstractTrigger?.["interval"]);

/** Which verbs change anything for a trigger that stands like this. */
export function verbsOf(state: TriggerState): TriggerVerb[] {
  const { backfill } = state;
  const found: TriggerVerb[] = [];
  if (!state.disabledInSource) found.push(state.disabled ? "enable" : "disable");
  if (state.locked) found.push("unlock");
  if (backfill) found.push(backfill.paused ? "unpause" : "pause", "delete");
  return [...found, "reset"];
}

/** The verbs that change something for every one of these, in the order of the bar. */
export function verbsForAll(states: TriggerState[]): TriggerVerb[] {
  const all: TriggerVerb[] = ["enable", "disable", "unlock", "pause", "unpause", "delete", "reset"];
  return all.filter((verb) => states.every((state) => verbsOf(state).includes(verb)));
}
