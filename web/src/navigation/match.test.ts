import { expect, test } from "vitest";
import { match } from "./match";

test("a path yields the named parts of its pattern", () => {
  expect(match("/git/:repository/:sha", "/git/flows/3fa9c01")).toEqual({ repository: "flows", sha: "3fa9c01" });
});

test("escaped parts are read back", () => {
  expect(match("/flows/:namespace/:id", "/flows/company.data/caf%C3%A9%2Fau")).toEqual({
    namespace: "company.data",
    id: "café/au",
  });
});

test("a badly escaped part is taken as it stands", () => {
  expect(match("/flows/:namespace", "/flows/100%")).toEqual({ namespace: "100%" });
});

test("another length or another word does not match", () => {
  expect(match("/flows/:namespace/:id", "/flows/company")).toBeUndefined();
  expect(match("/flows/:namespace", "/git/company")).toBeUndefined();
});
