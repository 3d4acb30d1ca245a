import { expect, test } from "vitest";
import { requestOf, type TriggerVerb } from "./requests";

const BASE = "/api/v1/main";
const KEY = { namespace: "a.b", flowId: "f", triggerId: "t" };
const STATE = { ...KEY, type: "Schedule", disabled: false, disabledInSource: false, locked: false };

test.each<[TriggerVerb, string, unknown]>([
  ["disable", "POST /triggers/set-disabled/by-triggers", { triggers: [KEY], disabled: true }],
  ["enable", "POST /triggers/set-disabled/by-triggers", { triggers: [KEY], disabled: false }],
  ["unlock", "POST /triggers/unlock/by-triggers", [KEY]],
  ["pause", "POST /triggers/backfill/pause/by-triggers", [KEY]],
  ["reset", "DELETE /triggers/delete/by-triggers", [KEY]],
])("%s of some triggers sends only what names them", (verb, line, body) => {
  const asked = requestOf(verb, { keys: [STATE] });
  expect([`${asked.method} ${asked.url.replace(BASE, "")}`, asked.body]).toEqual([line, body]);
});

test("all that a filter finds are asked for by the filter, without its page", () => {
  const filter = { namespace: "a", q: "x", page: 2, size: 50 };
  expect(requestOf("disable", { filter }).url).toBe(
    `${BASE}/triggers/set-disabled/by-query?namespace=a&q=x&disabled=true`,
  );
  expect(requestOf("delete", { filter: {} })).toEqual({
    method: "POST",
    url: `${BASE}/triggers/backfill/delete/by-query`,
  });
});
