import type { TriggerFilter } from "../api/api";
import { address, path, request } from "../api/request";
import type { Label, TriggerKey, TriggerState } from "../api/types";

/** What is done to triggers; each verb has an address for some of them, and one for all that a query finds. */
export type TriggerVerb = "enable" | "disable" | "unlock" | "pause" | "unpause" | "delete" | "reset";

export type Target = { keys: TriggerKey[] } | { filter: TriggerFilter };

interface Asked {
  method: string;
  url: string;
  body?: unknown;
}

const PATHS: Record<TriggerVerb, string> = {
  enable: "/triggers/set-disabled",
  disable: "/triggers/set-disabled",
  unlock: "/triggers/unlock",
  pause: "/triggers/backfill/pause",
  unpause: "/triggers/backfill/unpause",
  delete: "/triggers/backfill/delete",
  reset: "/triggers/delete",
};

/** The request that does a verb to its target. */
export function requestOf(verb: TriggerVerb, target: Target): Asked {
  const method = verb === "reset" ? "DELETE" : "POST";
  const switching = verb === "enable" || verb === "disable" ? { disabled: verb === "disable" } : undefined;
  if ("filter" in target) {
    const { namespace, flowId, q } = target.filter;
    return { method, url: address(`${PATHS[verb]}/by-query`, { namespace, flowId, q, ...switching }) };
  }
  const keys = target.keys.map(({ namespace, flowId, triggerId }) => ({ namespace, flowId, triggerId }));
  return { method, url: address(`${PATHS[verb]}/by-triggers`), body: switching ? { triggers: keys, ...switching } : keys };
}

/** Do a verb; answers to how many triggers it was done. */
export function act(verb: TriggerVerb, target: Target): Promise<{ count: number }> {
  const { method, url, body } = requestOf(verb, target);
  return send(url, method, body);
}

/** Evaluate a polling trigger anew, now. */
export function restart({ namespace, flowId, triggerId }: TriggerKey): Promise<TriggerState> {
  return send(address(`/triggers${path(namespace, flowId, triggerId)}/restart`), "POST");
}

export interface NewBackfill {
  /** ISO-8601. */
  start: string;
  end?: string;
  inputs: Record<string, string>;
  labels: Label[];
}

/** Run a trigger through its dates of the past. */
export function createBackfill(
  { namespace, flowId, triggerId }: TriggerKey,
  backfill: NewBackfill,
): Promise<TriggerState> {
  return send(address("/triggers/backfill/create"), "PUT", { namespace, flowId, triggerId, backfill });
}

function send<T>(url: string, method: string, body?: unknown): Promise<T> {
  const headers = { "Content-Type": "application/json" };
  return request<T>(url, body === undefined ? { method } : { method, headers, body: JSON.stringify(body) });
}
