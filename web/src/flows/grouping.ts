import type { Flow } from "../api/types";

/** Flows under their namespaces; both keep the order in which they came. */
export function byNamespace(flows: Flow[]): [string, Flow[]][] {
  const groups = new Map<string, Flow[]>();
  for (const flow of flows) groups.set(flow.namespace, [...(groups.get(flow.namespace) ?? []), flow]);
  return [...groups];
}

/** The date on which the first of a flow's triggers fires next. */
export function nextDate(flow: Flow): string | undefined {
  const dates = flow.triggers.map((trigger) => trigger.nextExecutionDate).filter((date) => date !== undefined);
  return dates.sort()[0];
}
