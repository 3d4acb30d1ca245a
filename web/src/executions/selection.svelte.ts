import { SvelteMap } from "svelte/reactivity";
import type { Execution } from "../api/types";

/** The executions that were picked from a list, over its pages; or all that its filter finds. */
export class Selection {
  /** Whether all that the filter finds are meant, those of other pages included. */
  whole = $state(false);
  #picked = new SvelteMap<string, Execution>();

  get size(): number {
    return this.#picked.size;
  }

  get executions(): Execution[] {
    return [...this.#picked.values()];
  }

  has(execution: Execution): boolean {
    return this.whole || this.#picked.has(execution.id);
  }

  hasAll(executions: Execution[]): boolean {
    return executions.length > 0 && executions.every((execution) => this.has(execution));
  }

  toggle(execution: Execution): void {
    this.whole = false;
    if (!this.#picked.delete(execution.id)) this.#picked.set(execution.id, execution);
  }

  toggleAll(executions: Execution[]): void {
    const all = this.hasAll(executions);
    this.whole = false;
    for (const execution of executions) {
      if (all) this.#picked.delete(execution.id);
      else this.#picked.set(execution.id, execution);
    }
  }

  /** Take over how the picked executions are now. */
  renew(executions: Execution[]): void {
    for (const execution of executions) {
      const known = this.#picked.get(execution.id);
      if (known && known.state.current !== execution.state.current) this.#picked.set(execution.id, execution);
    }
  }

  clear(): void {
    this.whole = false;
    this.#picked.clear();
  }
}
