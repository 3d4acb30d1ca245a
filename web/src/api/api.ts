import { address, path, request } from "./request";
import type { Commit, Execution, Flow, Page, Repository } from "./types";

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
  page?: number;
  size?: number;
}

export const findFlows = (filter: FlowFilter) => request<Page<Flow>>(address("/flows/search", { ...filter }));

export const readFlow = (namespace: string, id: string) =>
  request<Flow>(address(`/flows${path(namespace, id)}`, { source: true }));

export const readRevisions = (namespace: string, id: string) =>
  request<Flow[]>(address(`/flows${path(namespace, id)}/revisions`));

export const findExecutions = (filter: ExecutionFilter) =>
  request<Page<Execution>>(address("/executions/search", { ...filter }));

export const readExecution = (id: string) => request<Execution>(address(`/executions${path(id)}`));

export const startExecution = (namespace: string, id: string, inputs: FormData) =>
  request<Execution>(address(`/executions${path(namespace, id)}`), { method: "POST", body: inputs });

export const killExecution = (id: string) =>
  request<void>(address(`/executions${path(id)}/kill`), { method: "DELETE" });

export const liveAddress = (executionId: string) => address(`/executions${path(executionId)}/live`);

export const logDownloadAddress = (executionId: string) => address(`/logs${path(executionId)}/download`);

export const readRepositories = () => request<Repository[]>(address("/repositories"));

export const syncRepository = (name: string) =>
  request<Commit>(address(`/repositories${path(name)}/sync`, { wait: true }), { method: "POST" });

export const findCommits = (repository: string, size: number) =>
  request<Page<Commit>>(address(`/repositories${path(repository)}/commits`, { size }));

export const readCommit = (repository: string, sha: string) =>
  request<Commit>(address(`/repositories${path(repository, "commits", sha)}`));
