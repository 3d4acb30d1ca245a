import type { Input } from "../api/types";
import type { Value } from "./field";

/** A value as text: texts as they are, all others as JSON. */
export function shown(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value, null, 2) ?? "");
}

/** Whether an execution cannot be started without a value given for this input. */
export function isNeeded(input: Input): boolean {
  return input.required && input.defaults === undefined;
}

/** What the form shows first for an input. Defaults that hold an expression are rendered by the service, not here. */
export function firstValue(input: Input): string {
  const first = input.prefill ?? input.defaults;
  const text = first === undefined ? "" : shown(first);
  return text.includes("{{") ? "" : text;
}

/** The inputs to send: what was left empty is left out, so that the service's defaults hold. */
export function filled(values: Record<string, Value>): FormData {
  const form = new FormData();
  for (const [id, value] of Object.entries(values)) {
    if (value instanceof File) form.append(id, value, value.name);
    else if (value !== "") form.append(id, value);
  }
  return form;
}

/** What a form shows first, by the ids of its inputs; `given` are values of an earlier time. */
export function firstValues(inputs: Input[], given: Record<string, unknown> = {}): Record<string, string> {
  return Object.fromEntries(
    inputs.map((input) => {
      const earlier = input.id.split(".").reduce<unknown>((inner, name) => (inner as never)?.[name], given);
      return [input.id, earlier === undefined || earlier === null ? firstValue(input) : shown(earlier)];
    }),
  );
}
