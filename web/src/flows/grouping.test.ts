import { expect, test } from "vitest";
import type { Flow } from "../api/types";
import { byNamespace, nextDate } from "./grouping";

const flow = (namespace: string, id: string, dates: (string | undefined)[] = []): Flow => ({
  namespace,
  id,
  revision: 1,
  disabled: false,
  labels: [],
  updated: "2026-11-23T00:00:00Z",
  triggers: dates.map((nextExecutionDate, index) => ({ id: `t${index}`, type: "Schedule", nextExecutionDate })),
});

test("flows stand under their namespaces in the order given", () => {
  const [first, second, third] = [flow("a.b", "x"), flow("a.c", "y"), flow("a.b", "z")];
  expect(byNamespace([first, second, third])).toEqual([
    ["a.b", [first, third]],
    ["a.c", [second]],
  ]);
});

test("the next date is the earliest of all triggers", () => {
  expect(nextDate(flow("a", "x", ["2026-11-24T00:00:00Z", undefined, "2026-11-23T06:00:00Z"]))).toBe(
    "2026-11-23T06:00:00Z",
  );
  expect(nextDate(flow("a", "x", [undefined]))).toBeUndefined();
});
