import type { LogEntry } from "../../api/types";

/** A log is kept up to this many lines; then the oldest are let go, and can be read again. */
export const MOST_LINES = 60_000;
const KEPT_LINES = 50_000;

/** The log with new lines at its end; lines that are there already are left out. */
export function joined(log: LogEntry[], news: LogEntry[]): LogEntry[] {
  const last = log.at(-1)?.id ?? 0;
  return log.concat(news.filter((entry) => entry.id > last));
}

/** The log with older lines at its beginning. */
export function older(log: LogEntry[], lines: LogEntry[]): LogEntry[] {
  const first = log[0]?.id ?? Infinity;
  return lines.filter((entry) => entry.id < first).concat(log);
}

/** The log without its oldest lines, when it has become too long to be held. */
export function shortened(log: LogEntry[]): LogEntry[] {
  return log.length > MOST_LINES ? log.slice(-KEPT_LINES) : log;
}

/** Two logs as one, in the order of their lines. */
export function merged(first: LogEntry[], second: LogEntry[]): LogEntry[] {
  const known = new Set(first.map((entry) => entry.id));
  return [...first, ...second.filter((entry) => !known.has(entry.id))].sort((one, other) => one.id - other.id);
}
