import { address, path, request, type QueryValue } from "../../api/request";
import type { ExecutionFilter } from "../../api/api";
import type { Execution, Label, State, Verb } from "../../api/types";

/** What a verb is done to: one execution, some, or all that a filter finds. */
export type Target = { id: string } | { ids: string[] } | { filter: ExecutionFilter };

/** What the dialogs of the verbs ask for. */
export interface Choice {
  cascade: boolean;
  state: State;
  labels: Label[];
  logs: boolean;
  metrics: boolean;
  files: boolean;
  taskRunId: string;
  /** For many: whether to run the newest revision of each flow. */
  latest: boolean;
}

interface Asked {
  method: string;
  url: string;
  body?: unknown;
}

const METHODS: Partial<Record<Verb, string>> = { kill: "DELETE", delete: "DELETE" };

/** The request that does a verb to its target. */
export function requestOf(verb: Verb, target: Target, choice: Choice): Asked {
  const method = METHODS[verb] ?? "POST";
  const name = verb === "delete" ? "" : `/${verb}`;
  const body = bodyOf(verb, choice);
  if ("id" in target) return { method, url: address(`/executions${path(target.id)}${name}`, single(verb, choice)), body };
  const query = many(verb, choice);
  if ("filter" in target) {
    return { method, url: address(`/executions${name}/by-query`, { ...target.filter, ...query }), body };
  }
  const ids = verb === "labels" ? { executionsId: target.ids, executionLabels: choice.labels } : target.ids;
  return { method, url: address(`/executions${name}/by-ids`, query), body: ids };
}

/** Do a verb; the answer is the execution, or nothing, or how many there were. */
export function act(verb: Verb, target: Target, choice: Choice): Promise<Execution | { count: number } | undefined> {
  const { method, url, body } = requestOf(verb, target, choice);
  const headers = { "Content-Type": "application/json" };
  return request(url, body === undefined ? { method } : { method, headers, body: JSON.stringify(body) });
}

/** Go on, or run again, with inputs: they are sent as a form, as for a new execution. */
export function sendInputs(id: string, name: string, query: Record<string, QueryValue>, inputs: FormData) {
  return request<Execution>(address(`/executions${path(id)}/${name}`, query), { method: "POST", body: inputs });
}

/** Let what failed run again: in the same execution, or on another revision in a new one. */
export function restart(id: string, revision?: number) {
  return request<Execution>(address(`/executions${path(id)}/restart`, { revision }), { method: "POST" });
}

function single(verb: Verb, choice: Choice): Record<string, QueryValue> {
  if (verb === "kill") return { isOnKillCascade: choice.cascade };
  if (verb === "change-status") return { status: choice.state };
  if (verb === "unqueue") return { state: choice.state };
  return verb === "delete" ? parts(choice) : {};
}

function many(verb: Verb, choice: Choice): Record<string, QueryValue> {
  if (verb === "kill") return { isOnKillCascade: choice.cascade };
  if (verb === "change-status") return { newStatus: choice.state };
  if (verb === "unqueue") return { newState: choice.state };
  if (verb === "replay") return { latestRevision: choice.latest };
  return verb === "delete" ? parts(choice) : {};
}

const parts = (choice: Choice) => ({
  deleteLogs: choice.logs,
  deleteMetrics: choice.metrics,
  deleteStorage: choice.files,
});

function bodyOf(verb: Verb, choice: Choice): unknown {
  if (verb === "labels") return choice.labels;
  return verb === "state" ? { taskRunId: choice.taskRunId, state: choice.state } : undefined;
}
