import { LEVELS, type Level, type LogEntry } from "../../api/types";

/** A line on the screen: an entry of several lines becomes several of them, and only the first tells when and where. */
export interface Line {
  entry: LogEntry;
  text: string;
  first: boolean;
}

export interface LogFilter {
  level: Level;
  text: string;
  /** Ids of the task runs whose entries to show; undefined for all. */
  taskRuns?: ReadonlySet<string>;
}

/** The entries that pass the filter; letter case makes no difference to the text. */
export function chosenEntries(entries: LogEntry[], { level, text, taskRuns }: LogFilter): LogEntry[] {
  const loud = new Set(LEVELS.slice(LEVELS.indexOf(level)));
  const wanted = text.toLowerCase();
  return entries.filter(
    (entry) =>
      loud.has(entry.level) &&
      (!taskRuns || taskRuns.has(entry.taskRunId ?? "")) &&
      (!wanted || entry.message.toLowerCase().includes(wanted)),
  );
}

export function linesOf(entries: LogEntry[]): Line[] {
  const lines: Line[] = [];
  for (const entry of entries) {
    const texts = entry.message.includes("\n") ? entry.message.replace(/\n$/, "").split("\n") : [entry.message];
    for (const [index, text] of texts.entries()) lines.push({ entry, text, first: index === 0 });
  }
  return lines;
}
