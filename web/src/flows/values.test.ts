import { expect, test } from "vitest";
import { filled, firstValue, isNeeded, shown } from "./values";

test("texts are shown as they are and other values as JSON", () => {
  expect([shown("a b"), shown(3), shown(true), shown(["x"])]).toEqual(["a b", "3", "true", '[\n  "x"\n]']);
});

test("a default stands in the form unless it holds an expression", () => {
  const input = { id: "day", type: "STRING", required: true };
  expect(firstValue({ ...input, defaults: 5 })).toBe("5");
  expect(firstValue({ ...input, defaults: "{{ now() }}" })).toBe("");
  expect(firstValue({ ...input, defaults: 5, prefill: 6 })).toBe("6");
  expect(firstValue(input)).toBe("");
});

test("a value is needed only when it is required and has no default", () => {
  const input = { id: "day", type: "STRING", required: true };
  expect([isNeeded(input), isNeeded({ ...input, defaults: "x" }), isNeeded({ ...input, required: false })]).toEqual([
    true,
    false,
    false,
  ]);
});

test("empty fields are not sent, and a file keeps its name", () => {
  const form = filled({ a: "1", b: "", c: new File(["x"], "data.csv") });
  expect([...form.keys()]).toEqual(["a", "c"]);
  expect((form.get("c") as File).name).toBe("data.csv");
});
