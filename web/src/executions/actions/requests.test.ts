import { expect, test } from "vitest";
import type { Verb } from "../../api/types";
import { requestOf, type Choice } from "./requests";

const CHOICE: Choice = {
  cascade: true,
  state: "WARNING",
  labels: [{ key: "a", value: "b:c, d" }],
  logs: true,
  metrics: false,
  files: true,
  taskRunId: "t",
  latest: true,
};
const BASE = "/api/v1/main/executions";

test.each<[Verb, string, unknown]>([
  ["pause", "POST /x/pause", undefined],
  ["kill", "DELETE /x/kill?isOnKillCascade=true", undefined],
  ["change-status", "POST /x/change-status?status=WARNING", undefined],
  ["unqueue", "POST /x/unqueue?state=WARNING", undefined],
  ["state", "POST /x/state", { taskRunId: "t", state: "WARNING" }],
  ["labels", "POST /x/labels", CHOICE.labels],
  ["delete", "DELETE /x?deleteLogs=true&deleteMetrics=false&deleteStorage=true", undefined],
])("%s of one execution", (verb, line, body) => {
  const asked = requestOf(verb, { id: "x" }, CHOICE);
  expect([`${asked.method} ${asked.url.replace(BASE, "")}`, asked.body]).toEqual([line, body]);
});

test.each<[Verb, string, unknown]>([
  ["resume", "POST /resume/by-ids", ["x", "y"]],
  ["kill", "DELETE /kill/by-ids?isOnKillCascade=true", ["x", "y"]],
  ["replay", "POST /replay/by-ids?latestRevision=true", ["x", "y"]],
  ["change-status", "POST /change-status/by-ids?newStatus=WARNING", ["x", "y"]],
  ["labels", "POST /labels/by-ids", { executionsId: ["x", "y"], executionLabels: CHOICE.labels }],
  ["delete", "DELETE /by-ids?deleteLogs=true&deleteMetrics=false&deleteStorage=true", ["x", "y"]],
])("%s of several executions", (verb, line, body) => {
  const asked = requestOf(verb, { ids: ["x", "y"] }, CHOICE);
  expect([`${asked.method} ${asked.url.replace(BASE, "")}`, asked.body]).toEqual([line, body]);
});

test("a filter stays a filter, beside what the verb asks for", () => {
  const asked = requestOf("unqueue", { filter: { namespace: "a", state: ["QUEUED"] } }, CHOICE);
  expect(asked.url).toBe(`${BASE}/unqueue/by-query?namespace=a&state=QUEUED&newState=WARNING`);
  expect(asked.body).toBeUndefined();
  expect(requestOf("labels", { filter: {} }, CHOICE).body).toEqual(CHOICE.labels);
});
