import { address, path, request } from "./request";
import type {
  Commit,
  Execution,
  FilePreview,
  Flow,
  FoundTrigger,
  LogEntry,
  Metric,
  Page,
  Pause,
  Repository,
  State,
  TaskRun,
} from "./types";

export interface FlowFilter {
  namespace?: string;
  q?: string;
  labels?: string[];
  page?: number;
  size?: number;
}

export interface ExecutionFilter {
  namespace?: string;
  flowId?: string;
  state?: string[];
  labels?: string[];
  triggerExecutionId?: string;
  page?: number;
  size?: number;
}

export interface TriggerFilter {
  namespace?: string;
  flowId?: string;
  q?: string;
  page?: number;
  size?: number;
}

export const findFlows = (filter: FlowFilter) => request<Page<Flow>>(address("/flows/search", { ...filter }));

export const readFlow = (namespace: string, id: string, revision?: number) =>
  request<Flow>(address(`/flows${path(namespace, id)}`, { source: true, revision }));

export const readRevisions = (namespace: string, id: string) =>
  request<Flow[]>(address(`/flows${path(namespace, id)}/revisions`));

export const findExecutions = (filter: ExecutionFilter) =>
  request<Page<Execution>>(address("/executions/search", { ...filter }));

/** An execution without its task runs. */
export const readExecution = (id: string) =>
  request<Execution>(address(`/executions${path(id)}`, { taskRuns: false }));

export const readTaskRuns = (id: string, filter: { parentId: string; state?: State[]; page: number; size: number }) =>
  request<Page<TaskRun>>(address(`/executions${path(id)}/task-runs`, { ...filter }));

export const readPauses = (id: string) => request<Pause[]>(address(`/executions${path(id)}/pauses`));

export const readMetrics = (id: string, filter: { page: number; size: number }) =>
  request<Page<Metric>>(address(`/metrics${path(id)}`, filter));

export const evaluate = (id: string, taskRunId: string, expression: string) =>
  request<{ result?: string; error?: string }>(address(`/executions${path(id)}/eval${path(taskRunId)}`), {
    method: "POST",
    headers: { "Content-Type": "text/plain" },
    body: expression,
  });

export const fileAddress = (id: string, file: string) => address(`/executions${path(id)}/file`, { path: file });

export const previewFile = (id: string, file: string) =>
  request<FilePreview>(address(`/executions${path(id)}/file/preview`, { path: file }));

export const readLogs = (id: string, filter: { before?: number; taskRunId?: string; limit: number }) =>
  request<LogEntry[]>(address(`/logs${path(id)}`, filter));

export const startExecution = (namespace: string, id: string, inputs: FormData) =>
  request<Execution>(address(`/executions${path(namespace, id)}`), { method: "POST", body: inputs });

export const liveAddress = (executionId: string) => address(`/executions${path(executionId)}/live`);

export const logDownloadAddress = (executionId: string) => address(`/logs${path(executionId)}/download`);

export const findTriggers = (filter: TriggerFilter) =>
  request<Page<FoundTrigger>>(address("/triggers/search", { ...filter }));

export const readRepositories = () => request<Repository[]>(address("/repositories"));

export const syncRepository = (name: string) =>
  request<Commit>(address(`/repositories${path(name)}/sync`, { wait: true }), { method: "POST" });

export const findCommits = (repository: string, size: number) =>
  request<Page<Commit>>(address(`/repositories${path(repository)}/commits`, { size }));

export const readCommit = (repository: string, sha: string) =>
  request<Commit>(address(`/repositories${path(repository, "commits", sha)}`));
