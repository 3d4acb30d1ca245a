import { expect, test } from "vitest";
import type { Input } from "../api/types";
import { chosen, controlOf, lineOf, toggled } from "./field";

const input = (type: string, more: Partial<Input> = {}): Input => ({ id: "x", type, required: true, ...more });

test("every type of input has the control that fits it", () => {
  expect(controlOf(input("STRING"))).toBe("line");
  expect(controlOf(input("BOOL"))).toBe("choice");
  expect(controlOf(input("BOOLEAN"))).toBe("choice");
  expect(controlOf(input("SELECT", { values: ["a"] }))).toBe("choice");
  expect(controlOf(input("SELECT", { values: ["a"], allowCustomValue: true }))).toBe("suggestions");
  expect(controlOf(input("MULTISELECT", { values: ["a"] }))).toBe("choices");
  expect(controlOf(input("MULTISELECT"))).toBe("text");
  expect(controlOf(input("JSON"))).toBe("text");
  expect(controlOf(input("FILE"))).toBe("file");
});

test("a secret is not shown while it is typed", () => {
  expect(lineOf(input("SECRET")).type).toBe("password");
  expect(lineOf(input("DATE")).type).toBe("date");
  expect(lineOf(input("SOMETHING_NEW")).type).toBe("text");
});

test("choices are kept in the order of the flow, and none is no value", () => {
  const all = ["a", "b", "c"];
  const two = toggled(toggled("", "c", all), "a", all);
  expect(chosen(two)).toEqual(["a", "c"]);
  expect(toggled(toggled(two, "a", all), "c", all)).toBe("");
  expect(chosen("no list")).toEqual([]);
});
