import { expect, test } from "vitest";
import type { Level, LogEntry } from "../../api/types";
import { LineReader, type LogFilter } from "./lines";

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

const chosen = (entries: LogEntry[], filter: Partial<LogFilter>) =>
  new LineReader({ level: "TRACE", text: "", ...filter }).read(entries).lines.map((line) => line.entry.id);

test("entries below the lowest level are left out", () => {
  expect(chosen(ENTRIES, { level: "WARN" })).toEqual([3, 4]);
});

test("text is found whatever its letter case", () => {
  expect(chosen(ENTRIES, { text: "ROWS" })).toEqual([2, 3]);
});

test("only the picked task runs speak", () => {
  expect(chosen(ENTRIES, { taskRuns: new Set(["a"]) })).toEqual([1, 2]);
});

test("an entry of several lines takes as many, without the last line break", () => {
  const trace = entry(5, "ERROR", "Traceback\n  line 3\n");
  const { lines, entries } = new LineReader({ level: "TRACE", text: "" }).read([trace]);
  expect(lines.map(({ text, first }) => [text, first])).toEqual([
    ["Traceback", true],
    ["  line 3", false],
  ]);
  expect(entries).toBe(1);
});

test("a log that grows keeps its lines, and each entry is read once", () => {
  const reader = new LineReader({ level: "INFO", text: "" });
  const before = [...reader.read(ENTRIES.slice(0, 2)).lines];
  const after = reader.read(ENTRIES);
  expect(after.lines.map((line) => line.entry.id)).toEqual([2, 3, 4]);
  expect(after.lines[0]).toBe(before[0]);
  expect(reader.read(ENTRIES).entries).toBe(3);
});

test("another log, as after a reconnect, is read anew", () => {
  const reader = new LineReader({ level: "TRACE", text: "" });
  reader.read(ENTRIES);
  const other = [entry(9, "INFO", "again"), ...ENTRIES.map((same) => ({ ...same }))];
  expect(reader.read(other).lines.map((line) => line.entry.id)).toEqual([9, 1, 2, 3, 4]);
});
