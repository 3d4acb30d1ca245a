import { liveAddress, readExecution } from "../api/api";
import type { Execution, LogEntry, Snapshot, TaskRun } from "../api/types";

const PAUSE_MILLISECONDS = 2000;

/**
 * Follows one execution: a snapshot, then changes, until it has ended. The browser reconnects by itself, and the new
 * snapshot closes any gap. What arrives between two frames is taken over at once, so that a burst costs one redraw.
 */
export class Follower {
  execution = $state.raw<Execution>();
  taskRuns = $state.raw<TaskRun[]>([]);
  logs = $state.raw<LogEntry[]>([]);
  problem = $state.raw<Error>();
  connected = $state(false);
  /** The service's time minus the browser's, in milliseconds. */
  skew = $state(0);

  #id: string;
  #events: EventSource | undefined;
  #taskRuns = new Map<string, TaskRun>();
  #newTaskRuns = false;
  #newLogs: LogEntry[] = [];
  #newExecution: Execution | undefined;
  #frame = 0;
  #pause: ReturnType<typeof setTimeout> | undefined;

  constructor(id: string) {
    this.#id = id;
    this.#connect();
  }

  stop(): void {
    this.#events?.close();
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#pause);
  }

  #connect(): void {
    const events = (this.#events = new EventSource(liveAddress(this.#id)));
    const on = <T>(name: string, take: (data: T) => void) =>
      events.addEventListener(name, (event) => take(JSON.parse((event as MessageEvent<string>).data) as T));
    on<Snapshot>("snapshot", (snapshot) => this.#begin(snapshot));
    on<TaskRun>("taskRun", (taskRun) => this.#later(() => this.#put(taskRun)));
    on<LogEntry>("log", (entry) => this.#later(() => this.#newLogs.push(entry)));
    on<Execution>("execution", (execution) => this.#later(() => (this.#newExecution = execution)));
    on("end", () => this.#end());
    events.onopen = () => (this.connected = true);
    events.onerror = () => this.#lost(events);
  }

  #begin({ now, execution, logs }: Snapshot): void {
    this.skew = Date.parse(now) - Date.now();
    this.#taskRuns = new Map(execution.taskRunList?.map((taskRun) => [taskRun.id, taskRun]));
    this.#newTaskRuns = true;
    this.#newLogs = [];
    this.logs = logs;
    this.problem = undefined;
    this.#later(() => (this.#newExecution = execution));
  }

  #put(taskRun: TaskRun): void {
    this.#taskRuns.set(taskRun.id, taskRun);
    this.#newTaskRuns = true;
  }

  #later(take: () => void): void {
    take();
    this.#frame ||= requestAnimationFrame(() => this.#show());
  }

  #show(): void {
    this.#frame = 0;
    if (this.#newTaskRuns) this.taskRuns = [...this.#taskRuns.values()];
    this.#newTaskRuns = false;
    if (this.#newLogs.length) this.logs = this.logs.concat(this.#newLogs.splice(0));
    this.execution = this.#newExecution ?? this.execution;
  }

  #end(): void {
    this.#events?.close();
    this.#later(() => undefined);
  }

  // A closed stream does not say why. Asking for the execution does, and brings up the token prompt when that is it.
  #lost(events: EventSource): void {
    this.connected = false;
    if (events.readyState !== EventSource.CLOSED) return;
    readExecution(this.#id).then(
      () => (this.#pause = setTimeout(() => this.#connect(), PAUSE_MILLISECONDS)),
      (problem: Error) => (this.problem = problem),
    );
  }
}
