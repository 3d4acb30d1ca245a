/** Which rows of one height are in sight, with some more at both ends so that fast scrolling shows no gap. */
export function rowsInSight(
  view: { top: number; height: number; rowHeight: number; count: number },
  more = 8,
): {
  from: number;
  to: number;
} {
  const first = Math.floor(view.top / view.rowHeight);
  const last = Math.ceil((view.top + view.height) / view.rowHeight);
  const to = Math.min(view.count, last + more);
  return { from: Math.max(0, Math.min(first - more, to)), to };
}
