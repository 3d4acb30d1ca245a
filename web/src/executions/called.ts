import type { Execution, TaskRun } from "../api/types";
import { links } from "../navigation/links";

const text = (value: unknown) => (typeof value === "string" && value ? value : undefined);

/** The page of the execution that a task run called for; undefined when it called for none, or for many. */
export function calledBy(taskRun: TaskRun | undefined): string | undefined {
  const id = text(taskRun?.outputs["executionId"]);
  return id && links.executionOf(id);
}

/** The page of the execution that called for this one, or whose end triggered it. */
export function callerOf(execution: Execution): string | undefined {
  const id = execution.caller?.executionId ?? text(execution.trigger?.variables["executionId"]);
  return id && links.executionOf(id);
}
