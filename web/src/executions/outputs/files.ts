const SCHEME = "kestra:///";
const MOST = 100;

/** The addresses of stored files anywhere in a value, each once. */
export function filesIn(value: unknown): string[] {
  const found = new Set<string>();
  const walk = (inner: unknown): void => {
    if (found.size >= MOST) return;
    if (typeof inner === "string" && inner.startsWith(SCHEME)) found.add(inner);
    else if (inner && typeof inner === "object") Object.values(inner).forEach(walk);
  };
  walk(value);
  return [...found];
}

/** The name of a stored file, as people know it. */
export function fileName(address: string): string {
  const last = address.slice(address.lastIndexOf("/") + 1);
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}

/** Rows as a table: the names of all columns, in the order in which they come; undefined when rows are no maps. */
export function columnsOf(rows: unknown[]): string[] | undefined {
  if (!rows.length || !rows.every((row) => row !== null && typeof row === "object" && !Array.isArray(row))) return undefined;
  return [...new Set(rows.flatMap((row) => Object.keys(row as object)))];
}
