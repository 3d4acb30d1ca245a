import { moment } from "../../parts/moment";

/** The stretch of time that the Gantt shows, in milliseconds. */
export interface Axis {
  from: number;
  to: number;
}

const STEPS = [
  1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000,
  900_000, 1_800_000, 3_600_000, 7_200_000, 21_600_000, 43_200_000, 86_400_000,
];
const MOST_TICKS = 6;
const SHORTEST = 1;

/** From the start to the end, or to now; never empty, so that places on it are finite. */
export function axisOf(start: string, end: string | undefined, now: number): Axis {
  const from = moment(start);
  return { from, to: Math.max(end ? moment(end) : now, from + SHORTEST) };
}

/**
 * Round distances from `start`, in milliseconds, at which to draw a line on the axis. At most seven whatever its length.
 */
export function ticksOf({ from, to }: Axis, start: number): number[] {
  const length = to - from;
  const longest = STEPS[STEPS.length - 1]!;
  const step = STEPS.find((step) => length / step <= MOST_TICKS) ?? longest * Math.ceil(length / longest / MOST_TICKS);
  const first = Math.ceil((from - start) / step);
  const last = Math.floor((to - start) / step);
  return Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step);
}

/** Where a moment lies on the axis, in percent; what lies outside is moved to the nearer end. */
export function placeOf(time: number, { from, to }: Axis): number {
  return Math.min(100, Math.max(0, (100 * (time - from)) / (to - from)));
}

/** A part of the whole: `factor` times as long as the part shown, with the moment at `share` of it kept in place. */
export function zoomed(shown: Axis, whole: Axis, factor: number, share: number): Axis {
  const length = Math.max(SHORTEST, (shown.to - shown.from) * factor);
  const around = shown.from + share * (shown.to - shown.from);
  return within(whole, around - share * length, length);
}

/** The part shown, moved by a share of its length. */
export function moved(shown: Axis, whole: Axis, share: number): Axis {
  const length = shown.to - shown.from;
  return within(whole, shown.from + share * length, length);
}

function within(whole: Axis, start: number, length: number): Axis {
  if (length >= whole.to - whole.from) return whole;
  const from = Math.min(Math.max(start, whole.from), whole.to - length);
  return { from, to: from + length };
}
