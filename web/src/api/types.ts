/** What the API answers, as far as the pages read it. Dates are ISO-8601 texts in UTC. */

export interface Page<T> {
  results: T[];
  total: number;
}

export interface Label {
  key: string;
  value: string;
}

export type State =
  | "CREATED"
  | "QUEUED"
  | "RUNNING"
  | "PAUSED"
  | "RESTARTED"
  | "RETRYING"
  | "KILLING"
  | "SUCCESS"
  | "WARNING"
  | "FAILED"
  | "KILLED"
  | "CANCELLED"
  | "RETRIED"
  | "SKIPPED";

export interface StateRecord {
  current: State;
  histories: { state: State; date: string }[];
  startDate: string;
  endDate?: string;
}

export interface Trigger {
  id: string;
  type: string;
  description?: string;
  nextExecutionDate?: string;
}

export interface Backfill {
  start: string;
  end: string;
  currentDate: string;
  paused: boolean;
}

/** What names a trigger. */
export interface TriggerKey {
  namespace: string;
  flowId: string;
  triggerId: string;
}

/** Where a trigger stands. `executionId` is the execution that locks it; its source has the last word on `disabled`. */
export interface TriggerState extends TriggerKey {
  type: string;
  nextExecutionDate?: string;
  backfill?: Backfill;
  disabled: boolean;
  disabledInSource: boolean;
  executionId?: string;
  locked: boolean;
  lastExecutionId?: string;
}

/** A trigger as its flow declares it, and where it stands. */
export interface FoundTrigger {
  abstractTrigger?: { description?: string } & Record<string, unknown>;
  triggerContext: TriggerState;
}

export interface Input {
  id: string;
  type: string;
  required: boolean;
  defaults?: unknown;
  prefill?: unknown;
  description?: string;
  displayName?: string;
  values?: string[];
  allowCustomValue?: boolean;
}

export interface Flow {
  namespace: string;
  id: string;
  revision: number;
  description?: string;
  disabled: boolean;
  labels: Label[];
  updated: string;
  repository?: string;
  path?: string;
  commit?: string;
  triggers: Trigger[];
  lastExecution?: { id: string; state: State; startDate: string };
  source?: string;
  inputs?: Input[];
}

export interface Attempt {
  state: State;
  startDate?: string;
  endDate?: string;
  message?: string;
}

export interface TaskRun {
  id: string;
  taskId: string;
  parentTaskRunId?: string;
  value?: string;
  iteration?: number;
  /** How many children a task run that holds others has in its current branch. */
  children?: number;
  branch: string;
  attempts: Attempt[];
  outputs: Record<string, unknown>;
  state: StateRecord;
  message?: string;
}

export interface Execution {
  id: string;
  namespace: string;
  flowId: string;
  flowRevision: number;
  state: StateRecord;
  inputs: Record<string, unknown>;
  outputs?: Record<string, unknown>;
  labels: Label[];
  variables?: Record<string, unknown>;
  trigger?: { id: string; type: string; variables: Record<string, unknown> };
  repository?: string;
  /** The commit that a trigger handed over; else the one that the revision came from is `revisionCommit`. */
  commit?: string;
  revisionCommit?: string;
  message?: string;
  /** The execution that this one repeats, and the first of that line. */
  parentId?: string;
  originalId?: string;
  metadata: { attemptNumber: number; originalCreatedDate?: string };
  scheduleDate?: string;
  /** The task run that called for this execution. */
  caller?: { executionId: string; taskRunId: string };
  /** The operators' verbs that its state allows. */
  actions: Verb[];
  taskRunList?: TaskRun[];
}

export const VERBS = [
  "resume",
  "pause",
  "kill",
  "restart",
  "replay",
  "state",
  "change-status",
  "force-run",
  "unqueue",
  "labels",
  "delete",
] as const;
export type Verb = (typeof VERBS)[number];

/** A paused task run, and what it asks whoever resumes it; with `decisions` it waits for a review. */
export interface Pause {
  taskRunId: string;
  taskId: string;
  value?: string;
  inputs: Input[];
  decisions?: { approve: string; deny: string; commentRequired: string };
}

export interface Metric {
  taskRunId: string;
  taskId: string;
  name: string;
  type: string;
  value: number;
  tags?: Record<string, string>;
  timestamp: string;
}

export interface FilePreview {
  extension: string;
  type: "TEXT" | "LIST" | "IMAGE" | "PDF" | "MARKDOWN";
  content: string | unknown[];
  truncated: boolean;
}

/** How many task runs are in which state: in all, and among the children of each group that is too large to be sent. */
export interface Counts {
  states: Partial<Record<State, number>>;
  groups: Record<string, Partial<Record<State, number>>>;
}

export const LEVELS = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR"] as const;
export type Level = (typeof LEVELS)[number];

export interface LogEntry {
  id: number;
  taskRunId?: string;
  taskId?: string;
  attemptNumber?: number;
  timestamp: string;
  level: Level;
  message: string;
}

export interface Snapshot {
  now: string;
  execution: Execution;
  counts: Counts;
  /** The newest lines; `logTotal` is how many there are. */
  logs: LogEntry[];
  logTotal: number;
}

export interface Repository {
  name: string;
  url: string;
  branch: string;
  provider: string;
  /** Seconds between two looks at the repository. */
  interval: number;
  head?: string;
  deployed?: string;
  syncedAt?: string;
  error?: string;
  webhook: string;
}

export type Verdict = "pending" | "deployed" | "refused" | "linted" | "superseded" | "failed";
export type Severity = "error" | "warning" | "info";

export interface Change {
  action: "create" | "update" | "delete";
  namespace: string;
  id: string;
  path?: string;
  revision?: number;
}

export interface Finding {
  path: string;
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
  severity: Severity;
  rule: string;
  message: string;
  expected?: string;
  found?: string;
  help?: string;
  excerpt?: string;
  related?: { path: string; line: number; column: number; message: string }[];
}

export interface CommitStatus {
  context: string;
  state: "pending" | "success" | "failure" | "error";
  description: string;
  targetUrl?: string;
  attempts: number;
  postedAt?: string;
  error?: string;
}

export interface Commit {
  repository: string;
  sha: string;
  branch: string;
  summary: string;
  author: string;
  authoredAt: string;
  seenAt: string;
  endedAt?: string;
  verdict: Verdict;
  description: string;
  changes: Change[];
  findingCounts: Record<Severity, number>;
  findings?: Finding[];
  statuses?: CommitStatus[];
}
