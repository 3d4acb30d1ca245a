import { expect, test } from "vitest";
import type { TriggerState } from "../api/types";
import { shareOf, standingOf, verbsForAll, verbsOf, webhookOf, whenOf } from "./standing";

const STATE: TriggerState = {
  namespace: "a.b",
  flowId: "f",
  triggerId: "t",
  type: "io.kestra.plugin.core.trigger.Schedule",
  disabled: false,
  disabledInSource: false,
  locked: false,
};
const BACKFILL = {
  start: "2026-01-01T00:00:00Z",
  end: "2026-01-05T00:00:00Z",
  currentDate: "2026-01-02T00:00:00Z",
  paused: false,
};

test("a trigger stands in one way, the one that matters most", () => {
  expect(standingOf(STATE)).toBe("waiting");
  expect(standingOf({ ...STATE, locked: true })).toBe("locked");
  expect(standingOf({ ...STATE, locked: true, backfill: BACKFILL })).toBe("backfill");
  expect(standingOf({ ...STATE, disabled: true, backfill: BACKFILL })).toBe("disabled");
});

test("when it fires is what its source says", () => {
  const when = (abstractTrigger: Record<string, unknown>) => whenOf({ abstractTrigger, triggerContext: STATE });
  expect(when({ cron: "0 4 * * *", timezone: "Europe/Vienna" })).toBe("0 4 * * * · Europe/Vienna");
  expect(when({ interval: "PT5M" })).toBe("every PT5M");
  expect(when({ dates: ["2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z"] })).toBe("2 dates");
  expect(when({ conditions: [{}] })).toBe("1 condition");
  expect(when({})).toBe("");
});

test("a webhook has an address unless its key is an expression", () => {
  const hook = { ...STATE, type: "io.kestra.plugin.core.trigger.Webhook" };
  const of = (key: string, triggerContext = hook) => webhookOf({ abstractTrigger: { key }, triggerContext }, "http://x");
  expect(of("a key/b")).toBe("http://x/api/v1/main/executions/webhook/a.b/f/a%20key%2Fb");
  expect(of("{{ secret('KEY') }}")).toBeUndefined();
  expect(of("key", STATE)).toBeUndefined();
});

test("the share of a backfill that is done lies between 0 and 1", () => {
  expect(shareOf(BACKFILL)).toBe(0.25);
  expect(shareOf({ ...BACKFILL, currentDate: "2026-02-01T00:00:00Z" })).toBe(1);
});

test("only verbs that change something are offered", () => {
  expect(verbsOf(STATE)).toEqual(["disable", "reset"]);
  expect(verbsOf({ ...STATE, disabled: true, disabledInSource: true })).toEqual(["reset"]);
  expect(verbsOf({ ...STATE, locked: true, backfill: { ...BACKFILL, paused: true } })).toEqual([
    "disable",
    "unlock",
    "unpause",
    "delete",
    "reset",
  ]);
  expect(verbsForAll([STATE, { ...STATE, disabled: true }])).toEqual(["reset"]);
});
