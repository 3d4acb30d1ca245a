import { liveAddress, readExecution, readLogs } from "../api/api";
import type { Counts, Execution, LogEntry, Snapshot, TaskRun } from "../api/types";
import { Groups } from "./groups";
import { joined, older, shortened } from "./log/book";

const PAUSE_MILLISECONDS = 2000;
const LOOK_MILLISECONDS = 4000;
const REFRESH_MILLISECONDS = 2000;
const OLDER_LINES = 5000;
const NO_COUNTS: Counts = { states: {}, groups: {} };

/**
 * Follows one execution: a snapshot, then changes, until it has ended. The browser reconnects by itself, and the new
 * snapshot closes any gap. What arrives between two frames is taken over at once, so that a burst costs one redraw.
 * After the end it looks now and then whether somebody let the execution go on.
 *
 * What lies below a very large task run is not sent; it is read, page by page, when that group is opened.
 */
export class Follower {
  execution = $state.raw<Execution>();
  taskRuns = $state.raw<TaskRun[]>([]);
  counts = $state.raw<Counts>(NO_COUNTS);
  /** How many children each group has that was opened. */
  totals = $state.raw<Record<string, number>>({});
  logs = $state.raw<LogEntry[]>([]);
  /** How many log lines there are, those included that are not here. */
  logTotal = $state(0);
  problem = $state.raw<Error>();
  connected = $state(false);
  /** The service's time minus the browser's, in milliseconds. */
  skew = $state(0);

  #id: string;
  #events: EventSource | undefined;
  #taskRuns = new Map<string, TaskRun>();
  #groups: Groups;
  #newTaskRuns = false;
  #newLogs: LogEntry[] = [];
  #newExecution: Execution | undefined;
  #newCounts: Counts | undefined;
  #frame = 0;
  #pause: ReturnType<typeof setTimeout> | undefined;
  #refresh: ReturnType<typeof setTimeout> | undefined;
  #look: ReturnType<typeof setInterval> | undefined;

  constructor(id: string) {
    this.#id = id;
    this.#groups = new Groups(id, (taskRuns) => this.#later(() => taskRuns.forEach((run) => this.#put(run))));
    this.#connect();
  }

  stop(): void {
    this.#events?.close();
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#pause);
    clearTimeout(this.#refresh);
    clearInterval(this.#look);
  }

  /** Begin anew, as something was done to the execution. */
  again(): void {
    this.stop();
    this.#connect();
  }

  /** Read the first children of a group that is not sent, those first that failed. */
  open(parentId: string): Promise<void> {
    return this.#groups.open(parentId);
  }

  /** Read the next children of an opened group. */
  more(parentId: string): Promise<void> {
    return this.#groups.more(parentId);
  }

  /** Read log lines that are older than the first one here; returns whether there were any. */
  async readOlder(): Promise<boolean> {
    const first = this.logs[0]?.id;
    if (first === undefined) return false;
    const lines = await readLogs(this.#id, { before: first, limit: OLDER_LINES });
    this.logs = older(this.logs, lines);
    return lines.length > 0;
  }

  /** Read the log of one task run, wherever its lines stand. */
  async readOf(taskRunId: string): Promise<LogEntry[]> {
    return readLogs(this.#id, { taskRunId, limit: OLDER_LINES });
  }

  #connect(): void {
    this.#frame = 0;
    const events = (this.#events = new EventSource(liveAddress(this.#id)));
    const on = <T>(name: string, take: (data: T) => void) =>
      events.addEventListener(name, (event) => take(JSON.parse((event as MessageEvent<string>).data) as T));
    on<Snapshot>("snapshot", (snapshot) => this.#begin(snapshot));
    on<TaskRun>("taskRun", (taskRun) => this.#later(() => this.#put(taskRun)));
    on<string[]>("gone", (ids) => this.#later(() => this.#drop(ids)));
    on<Counts>("counts", (counts) => this.#later(() => this.#count(counts)));
    on<LogEntry>("log", (entry) => this.#later(() => this.#newLogs.push(entry)));
    on<Execution>("execution", (execution) => this.#later(() => (this.#newExecution = execution)));
    on("end", () => this.#end());
    events.onopen = () => (this.connected = true);
    events.onerror = () => this.#lost(events);
  }

  #begin({ now, execution, counts, logs, logTotal }: Snapshot): void {
    this.skew = Date.parse(now) - Date.now();
    this.#taskRuns = new Map(execution.taskRunList?.map((taskRun) => [taskRun.id, taskRun]));
    this.#newTaskRuns = true;
    this.#newLogs = [];
    this.logs = logs;
    this.logTotal = logTotal;
    this.problem = undefined;
    this.#later(() => ((this.#newExecution = execution), (this.#newCounts = counts)));
    void this.#groups.refresh(true).catch(() => undefined);
  }

  #count(counts: Counts): void {
    this.#newCounts = counts;
    this.#refresh ??= setTimeout(() => {
      this.#refresh = undefined;
      void this.#groups.refresh().catch(() => undefined);
    }, REFRESH_MILLISECONDS);
  }

  #put(taskRun: TaskRun): void {
    this.#taskRuns.set(taskRun.id, taskRun);
    this.#newTaskRuns = true;
  }

  #drop(ids: string[]): void {
    for (const id of ids) this.#taskRuns.delete(id);
    this.#newTaskRuns = true;
  }

  #later(take: () => void): void {
    take();
    this.#frame ||= requestAnimationFrame(() => this.#show());
  }

  #show(): void {
    this.#frame = 0;
    if (this.#newTaskRuns) [this.taskRuns, this.totals] = [[...this.#taskRuns.values()], this.#groups.totals];
    this.#newTaskRuns = false;
    if (this.#newLogs.length) {
      this.logTotal += this.#newLogs.length;
      this.logs = shortened(joined(this.logs, this.#newLogs.splice(0)));
    }
    this.counts = this.#newCounts ?? this.counts;
    this.execution = this.#newExecution ?? this.execution;
  }

  #end(): void {
    this.#events?.close();
    this.#later(() => undefined);
    clearInterval(this.#look);
    this.#look = setInterval(() => document.hidden || void this.#lookAgain(), LOOK_MILLISECONDS);
  }

  /** Whether somebody restarted the execution, or changed it, after its end. */
  async #lookAgain(): Promise<void> {
    try {
      const found = await readExecution(this.#id);
      const moved = found.state.histories.length !== this.execution?.state.histories.length;
      if (moved) this.again();
      else this.#newExecution = this.execution = found;
    } catch (problem) {
      this.#gone(problem as Error);
    }
  }

  // A closed stream does not say why. Asking for the execution does, and brings up the token prompt when that is it.
  #lost(events: EventSource): void {
    this.connected = false;
    if (events.readyState !== EventSource.CLOSED) return;
    readExecution(this.#id).then(
      () => (this.#pause = setTimeout(() => this.#connect(), PAUSE_MILLISECONDS)),
      (problem: Error) => this.#gone(problem),
    );
  }

  #gone(problem: Error): void {
    this.problem = problem;
    clearInterval(this.#look);
  }
}
