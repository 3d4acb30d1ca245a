import { session } from "./session.svelte";

export const BASE = "/api/v1/main";
const NO_CONTENT = 204;

export interface Problem {
  path: string;
  message: string;
}

/** An execution that a verb for many cannot be done to. */
interface Invalid {
  id: string;
  message: string;
}

/** An answer that is no success. `status` is 0 when the service did not answer at all. */
export class ApiError extends Error {
  constructor(
    message: string,
    readonly status: number,
    readonly problems: Problem[] = [],
  ) {
    super(message);
  }
}

export type QueryValue = string | number | boolean | readonly string[] | undefined;

export function address(path: string, query: Record<string, QueryValue> = {}): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item !== undefined && item !== "") parameters.append(name, String(item));
    }
  }
  return BASE + path + (parameters.size ? `?${parameters}` : "");
}

/** A path from its parts, each of them escaped. */
export function path(...parts: string[]): string {
  return parts.map((part) => `/${encodeURIComponent(part)}`).join("");
}

export async function request<T>(url: string, options: RequestInit = {}): Promise<T> {
  const answer = await send(url, options);
  if (answer.status === 401) {
    await session.wait();
    return request(url, options);
  }
  if (!answer.ok) throw await errorOf(answer);
  const json = answer.status !== NO_CONTENT && answer.headers.get("Content-Type")?.includes("json");
  return (json ? answer.json() : undefined) as Promise<T>;
}

async function send(url: string, options: RequestInit): Promise<Response> {
  try {
    return await fetch(url, options);
  } catch {
    throw new ApiError("The service does not answer. Is it running?", 0);
  }
}

async function errorOf(answer: Response): Promise<ApiError> {
  try {
    const body = (await answer.json()) as { message: string; errors?: Problem[]; invalids?: Invalid[] };
    const invalids = body.invalids?.map(({ id, message }) => ({ path: id, message }));
    return new ApiError(body.message, answer.status, body.errors ?? invalids);
  } catch {
    return new ApiError(`The service answered ${answer.status} ${answer.statusText}`, answer.status);
  }
}
