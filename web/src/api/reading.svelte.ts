import { untrack } from "svelte";

/** Something read from the API: the newest value, or why there is none. An old value stays until the next one is there. */
export interface Reading<T> {
  readonly value: T | undefined;
  readonly problem: Error | undefined;
  again(): Promise<void>;
}

/**
 * Reads now, again whenever something changes that `read` looks at, and again every `seconds` while the page is seen.
 * To be called while a component is made.
 */
export function reading<T>(read: () => Promise<T>, seconds?: number): Reading<T> {
  let value = $state.raw<T>();
  let problem = $state.raw<Error>();
  let newest = 0;

  // A slow answer must not overwrite the answer to a later question.
  async function take(answer: Promise<T>): Promise<void> {
    const turn = ++newest;
    try {
      const taken = await answer;
      if (turn === newest) [value, problem] = [taken, undefined];
    } catch (error) {
      if (turn === newest) problem = error as Error;
    }
  }

  $effect(() => {
    void take(read());
    if (!seconds) return;
    const timer = setInterval(() => document.hidden || untrack(() => void take(read())), seconds * 1000);
    return () => clearInterval(timer);
  });

  return {
    get value() {
      return value;
    },
    get problem() {
      return problem;
    },
    again: () => take(read()),
  };
}
