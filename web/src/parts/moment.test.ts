import { expect, test } from "vitest";
import { moment } from "./moment";

test("microseconds are kept", () => {
  const start = moment("2026-11-23T00:00:00Z");
  expect(moment("2026-11-23T00:00:00.004250Z") - start).toBeCloseTo(4.25, 3);
  expect(moment("2026-11-23T00:00:00.0045Z") - start).toBeCloseTo(4.5, 3);
  expect(moment("2026-11-23T00:00:00.004Z") - start).toBe(4);
});
