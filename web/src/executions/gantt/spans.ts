import type { State, StateRecord, TaskRun } from "../../api/types";
import { moment } from "../../parts/moment";
import type { Node } from "./tree";

/** A stretch of time in one state, in milliseconds; without `to` it lasts until now. */
export interface Span {
  kind: "wait" | "run";
  state: State;
  from: number;
  to?: number;
}

const ENDED = new Set<State>(["SUCCESS", "WARNING", "FAILED", "KILLED", "CANCELLED", "RETRIED", "SKIPPED"]);
const WAITING = new Set<State>(["CREATED", "QUEUED", "RESTARTED", "RETRYING"]);

/** What a line's bar is made of: each attempt, the waiting before and between them, or else the states it went through. */
export function spansOf(node: Node): Span[] {
  if (!node.taskRun) return envelopeOf(node);
  const tried = node.taskRun.attempts.some((attempt) => attempt.startDate);
  return tried ? attemptSpans(node.taskRun) : stateSpans(node.taskRun);
}

function attemptSpans({ attempts, state }: TaskRun): Span[] {
  const spans: Span[] = [];
  let free: number | undefined = moment(state.startDate);
  const restarts = state.histories.filter((entry) => entry.state === "RESTARTED").map((entry) => moment(entry.date));
  for (const attempt of attempts) {
    if (!attempt.startDate) continue;
    const from = moment(attempt.startDate);
    // Between the end and a restart nobody waited.
    const restart = restarts.find((date) => free !== undefined && date > free && date <= from);
    if (restart !== undefined && spans.length) free = restart;
    if (free !== undefined && from > free) spans.push({ kind: "wait", state: "QUEUED", from: free, to: from });
    free = attempt.endDate ? moment(attempt.endDate) : undefined;
    spans.push({ kind: "run", state: attempt.state, from, to: free });
  }
  if (free !== undefined && !state.endDate) spans.push({ kind: "wait", state: state.current, from: free });
  return spans;
}

function stateSpans({ state }: TaskRun): Span[] {
  const { histories, endDate } = state;
  const spans = histories.map(({ state, date }, index): Span => {
    const next = histories[index + 1]?.date ?? endDate;
    const to = next ? moment(next) : undefined;
    const kind = WAITING.has(state) ? "wait" : "run";
    return { kind, state: kind === "run" ? endOf(state, histories.slice(index + 1)) : state, from: moment(date), to };
  });
  // After an end nothing runs, also when somebody let it go on later.
  return spans.filter((_, index) => !ENDED.has(histories[index]!.state));
}

/** What ran to its end is shown in the colour of that end, except where it was paused. */
function endOf(state: State, later: { state: State }[]): State {
  if (state === "PAUSED") return state;
  return later.find((entry) => ENDED.has(entry.state))?.state ?? state;
}

function envelopeOf(node: Node): Span[] {
  const spans = node.children.flatMap(spansOf).filter((span) => span.kind === "run");
  if (!spans.length) return [];
  const from = Math.min(...spans.map((span) => span.from));
  const open = spans.some((span) => span.to === undefined);
  const to = open ? undefined : Math.max(...spans.map((span) => span.to ?? from));
  return [{ kind: "run", state: node.state, from, to }];
}

/** The stretches of time in which an execution was paused. */
export function pausesOf({ histories }: StateRecord): Span[] {
  const spans = histories.map(({ state, date }, index): Span => {
    const next = histories[index + 1]?.date;
    return { kind: "wait", state, from: moment(date), to: next ? moment(next) : undefined };
  });
  return spans.filter((span) => span.state === "PAUSED");
}

/** Milliseconds spent running and waiting until now. */
export function timesOf(spans: Span[], now: number): { run: number; wait: number } {
  const times = { run: 0, wait: 0 };
  for (const span of spans) times[span.kind] += Math.max(0, (span.to ?? now) - span.from);
  return times;
}
