import type { Input } from "../api/types";

/** How a value is asked for. */
export type Control = "choice" | "suggestions" | "choices" | "text" | "line" | "file";

/** What a form field holds: text, or a file that is uploaded. */
export type Value = string | File;

interface Line {
  type: "text" | "password" | "email" | "url" | "date" | "time";
  inputmode?: "decimal";
  example?: string;
}

const LINES: Record<string, Line> = {
  INT: { type: "text", inputmode: "decimal" },
  FLOAT: { type: "text", inputmode: "decimal" },
  DATE: { type: "date" },
  TIME: { type: "time" },
  DATETIME: { type: "text", example: "2026-01-31T08:30:00Z" },
  DURATION: { type: "text", example: "PT1H30M" },
  SECRET: { type: "password" },
  EMAIL: { type: "email", example: "name@example.com" },
  URI: { type: "url", example: "https://example.com/data.csv" },
};

const LONG_TEXTS = new Set(["JSON", "YAML", "ARRAY"]);

export function controlOf(input: Input): Control {
  if (input.type === "FILE") return "file";
  if (input.type === "MULTISELECT" && input.values) return "choices";
  if (choicesOf(input)) return input.allowCustomValue ? "suggestions" : "choice";
  return LONG_TEXTS.has(input.type) || input.type === "MULTISELECT" ? "text" : "line";
}

export function choicesOf(input: Input): string[] | undefined {
  return /^BOOL/.test(input.type) ? ["true", "false"] : input.values;
}

export function lineOf(input: Input): Line {
  return LINES[input.type] ?? { type: "text" };
}

/** The choices of a list that is written as JSON; none when it is not written yet. */
export function chosen(value: Value): string[] {
  try {
    const list: unknown = JSON.parse(String(value) || "[]");
    return Array.isArray(list) ? list.map(String) : [];
  } catch {
    return [];
  }
}

/** The same list with one choice more or less, in the order of all choices; empty text when none is left. */
export function toggled(value: Value, choice: string, all: string[]): string {
  const before = new Set(chosen(value));
  if (!before.delete(choice)) before.add(choice);
  const list = all.filter((item) => before.has(item));
  return list.length ? JSON.stringify(list) : "";
}
