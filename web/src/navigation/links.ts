import type { Execution } from "../api/types";

const to = (...parts: string[]) => `/ui/main/${parts.map(encodeURIComponent).join("/")}`;

export const links = {
  flows: to("flows"),
  namespace: (namespace: string) => `${to("flows")}?namespace=${encodeURIComponent(namespace)}`,
  flow: (namespace: string, id: string) => to("flows", namespace, id),
  executions: to("executions"),
  execution: (execution: Pick<Execution, "namespace" | "flowId" | "id">) =>
    to("executions", execution.namespace, execution.flowId, execution.id),
  /** The page of an execution of which only the id is known. */
  executionOf: (id: string) => to("execution", id),
  calledBy: (id: string) => `${to("executions")}?triggerExecutionId=${encodeURIComponent(id)}`,
  triggers: to("triggers"),
  git: to("git"),
  commit: (repository: string, sha: string) => to("git", repository, sha),
};
