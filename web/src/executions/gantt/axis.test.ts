import { expect, test } from "vitest";
import { axisOf, moved, placeOf, ticksOf, zoomed } from "./axis";

const START = "2026-11-23T00:00:00Z";
const FROM = Date.parse(START);

test("the axis reaches to the end, and to now while there is none", () => {
  expect(axisOf(START, "2026-11-23T00:00:09Z", FROM + 60_000)).toEqual({ from: FROM, to: FROM + 9_000 });
  expect(axisOf(START, undefined, FROM + 60_000)).toEqual({ from: FROM, to: FROM + 60_000 });
});

test("an axis is never empty, even when the browser's clock is behind", () => {
  const axis = axisOf(START, undefined, FROM - 5_000);
  expect(axis.to).toBeGreaterThan(axis.from);
  expect(placeOf(FROM, axis)).toBe(0);
});

test.each([1, 999, 9_000, 59_000, 3_600_000, 90_000_000, 40_000_000_000])("%i ms have a few round ticks", (length) => {
  const ticks = ticksOf({ from: FROM, to: FROM + length }, FROM);
  expect(ticks[0]).toBe(0);
  expect(ticks.length).toBeLessThanOrEqual(7);
});

test("a part of the time keeps the ticks of the whole", () => {
  expect(ticksOf({ from: FROM + 7_500, to: FROM + 11_000 }, FROM)).toEqual([8_000, 9_000, 10_000, 11_000]);
});

test("moments lie on the axis in percent and never beyond its ends", () => {
  const axis = { from: 1_000, to: 3_000 };
  expect([500, 1_000, 1_500, 9_000].map((moment) => placeOf(moment, axis))).toEqual([0, 0, 25, 100]);
});

const WHOLE = { from: 0, to: 1_000 };

test("zooming keeps the moment under the pointer in its place", () => {
  const part = zoomed(WHOLE, WHOLE, 0.5, 0.2);
  expect(part).toEqual({ from: 100, to: 600 });
  expect(placeOf(200, part)).toBeCloseTo(20);
});

test("zooming out ends at the whole, and a part never leaves it", () => {
  expect(zoomed({ from: 100, to: 600 }, WHOLE, 4, 0.5)).toEqual(WHOLE);
  expect(moved({ from: 100, to: 600 }, WHOLE, 2)).toEqual({ from: 500, to: 1_000 });
  expect(moved({ from: 100, to: 600 }, WHOLE, -2)).toEqual({ from: 0, to: 500 });
});
