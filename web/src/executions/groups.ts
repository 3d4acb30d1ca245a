import { readTaskRuns } from "../api/api";
import type { State, TaskRun } from "../api/types";

export const GROUP_PAGE = 500;
const WORST: State[] = ["FAILED", "KILLED", "WARNING", "RETRYING", "PAUSED"];
const MOST_WORST = 100;

type Read = typeof readTaskRuns;

/** The opened groups of an execution: which pages of their children were read, and which of these may still move. */
export class Groups {
  #id: string;
  #put: (taskRuns: TaskRun[]) => void;
  #read: Read;
  /** By group: for each page that was read, whether a child in it may still move. */
  #pages = new Map<string, boolean[]>();
  #totals = new Map<string, number>();
  #reading = new Set<string>();

  constructor(id: string, put: (taskRuns: TaskRun[]) => void, read: Read = readTaskRuns) {
    this.#id = id;
    this.#put = put;
    this.#read = read;
  }

  /** Read the first page, and what is worst of all, so that it need not be looked for. */
  async open(parentId: string): Promise<void> {
    if (this.#pages.has(parentId)) return;
    this.#pages.set(parentId, []);
    await this.#alone(parentId, async () => {
      const worst = await this.#read(this.#id, { parentId, state: WORST, page: 1, size: MOST_WORST });
      this.#put(worst.results);
      await this.#readPage(parentId, 1);
    });
  }

  /** How many children each group has that was read. */
  get totals(): Record<string, number> {
    return Object.fromEntries(this.#totals);
  }

  /** Read the next page; nothing happens while it is being read, and after the last one. */
  async more(parentId: string): Promise<void> {
    const pages = this.#pages.get(parentId)?.length ?? 0;
    if (this.#reading.has(parentId) || pages * GROUP_PAGE >= (this.#totals.get(parentId) ?? 1)) return;
    await this.#alone(parentId, () => this.#readPage(parentId, pages + 1));
  }

  /** Read again what may have moved; or all, when what was read is lost. */
  async refresh(all = false): Promise<void> {
    for (const [parentId, pages] of this.#pages) {
      const mayGrow = pages.length * GROUP_PAGE > (this.#totals.get(parentId) ?? 0);
      for (const [index, live] of pages.entries()) {
        const isLast = index === pages.length - 1;
        if (all || live || (isLast && mayGrow)) await this.#readPage(parentId, index + 1);
      }
    }
  }

  async #alone(parentId: string, read: () => Promise<void>): Promise<void> {
    this.#reading.add(parentId);
    try {
      await read();
    } finally {
      this.#reading.delete(parentId);
    }
  }

  async #readPage(parentId: string, page: number): Promise<void> {
    const found = await this.#read(this.#id, { parentId, page, size: GROUP_PAGE });
    this.#totals.set(parentId, found.total);
    this.#pages.get(parentId)![page - 1] = found.results.some((run) => !run.state.endDate);
    this.#put(found.results);
  }
}
