import { expect, test } from "vitest";
import { columnsOf, fileName, filesIn } from "./files";

test("stored files are found wherever they stand in a value, each once", () => {
  const uri = "kestra:///main/a/b.csv";
  expect(filesIn({ uri, inner: [{ other: "kestra:///c", uri }], text: "see kestra:///d", none: null })).toEqual([
    uri,
    "kestra:///c",
  ]);
  expect(filesIn("plain")).toEqual([]);
});

test("a file is called by the last part of its address", () => {
  expect(fileName("kestra:///a/rows%20%C3%A4.csv")).toBe("rows ä.csv");
  expect(fileName("kestra:///a/50%.csv")).toBe("50%.csv");
});

test("rows have the columns of all of them", () => {
  expect(columnsOf([{ a: 1 }, { b: 2, a: 3 }])).toEqual(["a", "b"]);
  expect(columnsOf([1, { a: 1 }])).toBeUndefined();
  expect(columnsOf([])).toBeUndefined();
});
