import { expect, test } from "vitest";
import type { Level, LogEntry } from "../../api/types";
import { chosenEntries, linesOf } from "./lines";

const entry = (id: number, level: Level, message: string, taskRunId?: string): LogEntry => ({
  id,
  level,
  message,
  taskRunId,
  timestamp: "2026-11-23T00:00:00Z",
});

const ENTRIES = [
  entry(1, "DEBUG", "opening", "a"),
  entry(2, "INFO", "42 Rows read", "a"),
  entry(3, "ERROR", "no rows", "b"),
  entry(4, "WARN", "execution is slow"),
];

const ids = (entries: LogEntry[]) => entries.map((chosen) => chosen.id);

test("entries below the lowest level are left out", () => {
  expect(ids(chosenEntries(ENTRIES, { level: "WARN", text: "" }))).toEqual([3, 4]);
});

test("text is found whatever its letter case", () => {
  expect(ids(chosenEntries(ENTRIES, { level: "TRACE", text: "ROWS" }))).toEqual([2, 3]);
});

test("only the picked task runs speak", () => {
  expect(ids(chosenEntries(ENTRIES, { level: "TRACE", text: "", taskRuns: new Set(["a"]) }))).toEqual([1, 2]);
});

test("an entry of several lines takes as many, without the last line break", () => {
  const trace = entry(5, "ERROR", "Traceback\n  line 3\n");
  expect(linesOf([trace]).map(({ text, first }) => [text, first])).toEqual([
    ["Traceback", true],
    ["  line 3", false],
  ]);
});
