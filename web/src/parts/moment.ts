/** A date of the API in milliseconds, with its microseconds as a fraction: the browser's own reading drops them. */
export function moment(date: string): number {
  const micros = /\.\d{3}(\d{1,3})/.exec(date)?.[1] ?? "";
  return Date.parse(date) + Number(micros.padEnd(3, "0")) / 1000;
}
