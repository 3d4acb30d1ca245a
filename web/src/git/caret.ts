import type { Finding } from "../api/types";

type Place = Pick<Finding, "line" | "column" | "endLine" | "endColumn">;

/** Carets below what a finding is about, within its first line; columns count from 1, and the end is not part of it. */
export function caretUnder({ line, column, endLine, endColumn }: Place, excerpt: string): string {
  const end = endLine === line ? endColumn : excerpt.length + 1;
  const width = Math.min(end, excerpt.length + 1) - column;
  return " ".repeat(column - 1) + "^".repeat(Math.max(1, width));
}
