import { expect, test } from "vitest";
import { rowsInSight } from "./window";

test("only rows in sight and some more are made", () => {
  expect(rowsInSight({ top: 1000, height: 200, rowHeight: 20, count: 2000 }, 5)).toEqual({ from: 45, to: 65 });
});

test("the ends of the list bound the rows", () => {
  expect(rowsInSight({ top: 0, height: 200, rowHeight: 20, count: 2000 }, 5)).toEqual({ from: 0, to: 15 });
  expect(rowsInSight({ top: 39_800, height: 200, rowHeight: 20, count: 2000 }, 5)).toEqual({ from: 1985, to: 2000 });
});

test("a list that became shorter than the scroll position shows nothing beyond its end", () => {
  expect(rowsInSight({ top: 39_800, height: 200, rowHeight: 20, count: 3 }, 5)).toEqual({ from: 3, to: 3 });
});

test("an empty list has no rows", () => {
  expect(rowsInSight({ top: 0, height: 200, rowHeight: 20, count: 0 })).toEqual({ from: 0, to: 0 });
});
