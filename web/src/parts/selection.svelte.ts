import { SvelteMap } from "svelte/reactivity";

/** What was picked from a list, over its pages; or all that its filter finds. */
export class Selection<T> {
  /** Whether all that the filter finds are meant, those of other pages included. */
  whole = $state(false);
  #picked = new SvelteMap<string, T>();
  #keyOf: (item: T) => string;

  constructor(keyOf: (item: T) => string) {
    this.#keyOf = keyOf;
  }

  get size(): number {
    return this.#picked.size;
  }

  get items(): T[] {
    return [...this.#picked.values()];
  }

  has(item: T): boolean {
    return this.whole || this.#picked.has(this.#keyOf(item));
  }

  hasAll(items: T[]): boolean {
    return items.length > 0 && items.every((item) => this.has(item));
  }

  toggle(item: T): void {
    this.whole = false;
    if (!this.#picked.delete(this.#keyOf(item))) this.#picked.set(this.#keyOf(item), item);
  }

  toggleAll(items: T[]): void {
    const all = this.hasAll(items);
    this.whole = false;
    for (const item of items) {
      if (all) this.#picked.delete(this.#keyOf(item));
      else this.#picked.set(this.#keyOf(item), item);
    }
  }

  /** Take over how the picked items are now. */
  renew(items: T[]): void {
    for (const item of items) if (this.#picked.has(this.#keyOf(item))) this.#picked.set(this.#keyOf(item), item);
  }

  clear(): void {
    this.whole = false;
    this.#picked.clear();
  }
}
