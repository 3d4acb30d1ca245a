import { expect, test } from "vitest";
import type { LogEntry } from "../../api/types";
import { joined, merged, MOST_LINES, older, shortened } from "./book";

const lines = (...ids: number[]) =>
  ids.map((id): LogEntry => ({ id, level: "INFO", message: String(id), timestamp: "2026-11-23T00:00:00Z" }));
const idsOf = (log: LogEntry[]) => log.map((entry) => entry.id);

test("new and old lines are added where they belong, once", () => {
  expect(idsOf(joined(lines(4, 5), lines(5, 6)))).toEqual([4, 5, 6]);
  expect(idsOf(older(lines(4, 5), lines(2, 3, 4)))).toEqual([2, 3, 4, 5]);
  expect(idsOf(merged(lines(4, 6), lines(1, 5, 6)))).toEqual([1, 4, 5, 6]);
  expect(idsOf(joined([], lines(1)))).toEqual([1]);
});

test("a log that is too long loses its oldest lines", () => {
  const long = lines(...Array.from({ length: MOST_LINES + 1 }, (_, index) => index + 1));
  const kept = shortened(long);
  expect(kept.length).toBeLessThan(MOST_LINES);
  expect(kept.at(-1)!.id).toBe(MOST_LINES + 1);
  expect(shortened(kept)).toBe(kept);
});
