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

export interface Selection {
  lines: Line[];
  /** How many entries the lines come from. */
  entries: number;
}

/**
 * Chooses and splits entries. A log only grows, so what was chosen before is kept as long as the filter is the same;
 * thousands of lines then cost no more for each new one than a few.
 */
export class LineReader {
  #filter: LogFilter;
  #passes: (entry: LogEntry) => boolean;
  #lines: Line[] = [];
  #entries = 0;
  #read: LogEntry[] = [];

  constructor(filter: LogFilter) {
    this.#filter = filter;
    this.#passes = passing(filter);
  }

  /** The lines of a log; the lines of the answer before are part of this one when the log has grown. */
  read(log: LogEntry[]): Selection {
    const known = this.#read.length;
    if (log.length < known || log[known - 1] !== this.#read[known - 1]) return new LineReader(this.#filter).read(log);
    for (const entry of log.slice(known)) if (this.#passes(entry)) this.#add(entry);
    this.#read = log;
    return { lines: this.#lines, entries: this.#entries };
  }

  #add(entry: LogEntry): void {
    this.#entries += 1;
    const texts = entry.message.includes("\n") ? entry.message.replace(/\n$/, "").split("\n") : [entry.message];
    for (const [index, text] of texts.entries()) this.#lines.push({ entry, text, first: index === 0 });
  }
}

/** Whether an entry passes the filter; letter case makes no difference to the text. */
function passing({ level, text, taskRuns }: LogFilter): (entry: LogEntry) => boolean {
  const loud = new Set(LEVELS.slice(LEVELS.indexOf(level)));
  const wanted = text.toLowerCase();
  return (entry) =>
    loud.has(entry.level) &&
    (!taskRuns || taskRuns.has(entry.taskRunId ?? "")) &&
    (!wanted || entry.message.toLowerCase().includes(wanted));
}
