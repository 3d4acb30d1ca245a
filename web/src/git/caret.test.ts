import { expect, test } from "vitest";
import { caretUnder } from "./caret";

const EXCERPT = "    mesage: Hello";

test("carets lie below the place", () => {
  expect(caretUnder({ line: 7, column: 5, endLine: 7, endColumn: 11 }, EXCERPT)).toBe("    ^^^^^^");
});

test("a place over several lines is marked to the end of the first", () => {
  expect(caretUnder({ line: 7, column: 13, endLine: 9, endColumn: 2 }, EXCERPT)).toBe(" ".repeat(12) + "^^^^^");
});

test("an empty place, or one beyond the line, has one caret", () => {
  expect(caretUnder({ line: 7, column: 5, endLine: 7, endColumn: 5 }, EXCERPT)).toBe("    ^");
  expect(caretUnder({ line: 7, column: 18, endLine: 7, endColumn: 40 }, EXCERPT)).toBe(" ".repeat(17) + "^");
});
