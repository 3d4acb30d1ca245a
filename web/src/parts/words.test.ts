import { expect, test } from "vitest";
import { age, counted, duration, shortType } from "./words";

test.each([
  [-5, "0.0 ms"],
  [0.34, "0.3 ms"],
  [340, "340 ms"],
  [6_940, "6.9 s"],
  [59_990, "59.9 s"],
  [125_000, "2 m 05 s"],
  [3_599_999, "59 m 59 s"],
  [11_520_000, "3 h 12 m"],
  [187_200_000, "2 d 4 h"],
])("%i ms reads %s", (milliseconds, words) => {
  expect(duration(milliseconds)).toBe(words);
});

const NOW = Date.parse("2026-11-23T00:00:00Z");

test.each([
  ["2026-11-23T00:00:00.400Z", "just now"],
  ["2026-11-22T23:59:48Z", "12 s ago"],
  ["2026-11-22T22:01:00Z", "1 h ago"],
  ["2026-11-23T03:00:00.123456Z", "in 3 h"],
  ["2026-11-25T00:00:00Z", "in 2 d"],
])("%s reads %s", (date, words) => {
  expect(age(date, NOW)).toBe(words);
});

test("counts carry their noun", () => {
  expect([counted(1, "flow"), counted(2000, "flow"), counted(0, "entry", "entries")]).toEqual([
    "1 flow",
    "2,000 flows",
    "0 entries",
  ]);
});

test("a type is known by its last word", () => {
  expect([shortType("io.kestra.plugin.core.log.Log"), shortType("Log")]).toEqual(["Log", "Log"]);
  expect(shortType("io.kestra.plugin.core.http.Trigger")).toBe("http.Trigger");
});
