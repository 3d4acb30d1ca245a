/** Times, sizes and names as people read them. */

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A length of time in milliseconds with two units at most: `0.3 ms`, `340 ms`, `6.9 s`, `2 m 05 s`, `3 h 12 m`, `2 d 4 h`. */
export function duration(milliseconds: number): string {
  const length = Math.max(0, milliseconds);
  if (length < 10) return `${length.toFixed(1)} ms`;
  if (length < SECOND) return `${Math.round(length)} ms`;
  if (length < MINUTE) return `${(Math.floor(length / 100) / 10).toFixed(1)} s`;
  if (length < HOUR) return `${Math.floor(length / MINUTE)} m ${padded((length % MINUTE) / SECOND)} s`;
  if (length < DAY) return `${Math.floor(length / HOUR)} h ${padded((length % HOUR) / MINUTE)} m`;
  return `${Math.floor(length / DAY)} d ${Math.floor((length % DAY) / HOUR)} h`;
}

function padded(number: number): string {
  return String(Math.floor(number)).padStart(2, "0");
}

const AGES: [number, string][] = [
  [DAY, "d"],
  [HOUR, "h"],
  [MINUTE, "m"],
  [SECOND, "s"],
];

/** How far a date lies from now: `just now`, `5 m ago`, `in 3 h`. */
export function age(date: string, now: number): string {
  const distance = Date.parse(date) - now;
  const [size, unit] = AGES.find(([size]) => Math.abs(distance) >= size) ?? [SECOND, "s"];
  const count = Math.floor(Math.abs(distance) / size);
  if (count === 0) return "just now";
  return distance < 0 ? `${count} ${unit} ago` : `in ${count} ${unit}`;
}

const INSTANT = new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeStyle: "medium" });

/** A date in the viewer's zone: `2026-11-23 01:19:03`. */
export const instant = (date: string) => INSTANT.format(new Date(date));

const CLOCK = new Intl.DateTimeFormat("sv-SE", {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  fractionalSecondDigits: 3,
});

/** The time of day in the viewer's zone: `01:19:03.123`. */
export const timeOfDay = (date: string) => CLOCK.format(new Date(date)).replace(",", ".");

export const shortSha = (sha: string) => sha.slice(0, 7);

export const counted = (count: number, one: string, many = `${one}s`) =>
  `${count.toLocaleString("en")} ${count === 1 ? one : many}`;

/** The last word of a type's name: `Log` for `io.kestra.plugin.core.log.Log`, but `http.Trigger`, as there are many. */
export function shortType(type: string): string {
  const words = type.split(".");
  return words.slice(words.at(-1) === "Trigger" ? -2 : -1).join(".");
}
