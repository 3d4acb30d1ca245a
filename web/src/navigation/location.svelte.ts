const BASE = "/ui/main";

/** Where the pages are: the path below `/ui/main`, and the query. Every change goes through here. */
class Location {
  path = $state("");
  query = $state.raw(new URLSearchParams());

  constructor() {
    this.#read();
    addEventListener("popstate", () => this.#read());
    document.addEventListener("click", (event) => this.#follow(event));
  }

  go(href: string, { replace = false } = {}): void {
    history[replace ? "replaceState" : "pushState"](null, "", href);
    this.#read();
  }

  /** The same page with some members of the query changed; undefined or nothing removes one. */
  with(changes: Record<string, string | readonly string[] | undefined>): string {
    const query = new URLSearchParams(this.query);
    for (const [name, value] of Object.entries(changes)) {
      query.delete(name);
      for (const item of [value ?? []].flat()) if (item) query.append(name, item);
    }
    return BASE + this.path + (query.size ? `?${query}` : "");
  }

  #read(): void {
    this.path = window.location.pathname.replace(/^\/ui\/main/, "") || "/";
    this.query = new URLSearchParams(window.location.search);
  }

  #follow(event: MouseEvent): void {
    const link = (event.target as Element).closest?.("a");
    const plain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
    if (!link || !plain || event.defaultPrevented || link.target || link.hasAttribute("download")) return;
    if (link.origin !== window.location.origin || !link.pathname.startsWith(BASE)) return;
    event.preventDefault();
    this.go(link.href);
  }
}

export const location = new Location();
