import type { Counts, State, TaskRun } from "../../api/types";

/** A line of the Gantt: a task run, or one iteration of a loop that holds several task runs. */
export interface Node {
  key: string;
  name: string;
  /** What tells it from others of the same name: the iterated value. */
  detail: string;
  state: State;
  taskRun?: TaskRun;
  children: Node[];
  /** How many task runs lie directly below, when they are read only once the line is opened. */
  unread?: number;
  /** How many of these are in which state, as far as it is known. */
  states?: Partial<Record<State, number>>;
}

export interface Row {
  node: Node;
  depth: number;
  folded: boolean;
  /** How many children are not here yet; this row then stands for them, and `node` is their parent. */
  more?: number;
}

/** Which lines a person has closed, and which large ones opened. */
export interface Folding {
  closed: ReadonlySet<string>;
  opened: ReadonlySet<string>;
}

type Groups = Counts["groups"];

const WORST_FIRST: State[] = ["FAILED", "KILLED", "CANCELLED", "WARNING"];
const ENDED = new Set<State>(["SUCCESS", "WARNING", "FAILED", "KILLED", "CANCELLED", "RETRIED", "SKIPPED"]);

/**
 * Task runs as a tree, siblings in the order given. A task run whose parent is unknown stands at the top. Of a group in
 * `groups`, and of all below it, only what was opened is here; `totals` are the numbers of children as they were read.
 */
export function treeOf(taskRuns: TaskRun[], groups: Groups = {}, totals: Record<string, number> = {}): Node[] {
  const known = new Set(taskRuns.map((taskRun) => taskRun.id));
  const childrenOf = new Map<string, TaskRun[]>();
  for (const taskRun of taskRuns) {
    const parent = taskRun.parentTaskRunId;
    const key = parent && known.has(parent) ? parent : "";
    const siblings = childrenOf.get(key);
    if (siblings) siblings.push(taskRun);
    else childrenOf.set(key, [taskRun]);
  }
  const grow = (parent: string, within: boolean): Node[] => {
    const found = childrenOf.get(parent) ?? [];
    // What is worst was read first; it stands where it ran.
    const ordered = groups[parent] || within ? [...found].sort(byPlace) : found;
    const nodes = ordered.map((run): Node => {
      const states = groups[run.id];
      const inner = within ? (totals[run.id] ?? run.children) : undefined;
      const children = grow(run.id, within || states !== undefined);
      return { ...lineOf(run), children, unread: (states ? sum(states) : inner) || undefined, states };
    });
    return byIteration(parent, nodes);
  };
  return grow("", false);
}

function byPlace(one: TaskRun, other: TaskRun): number {
  return (one.iteration ?? 0) - (other.iteration ?? 0) || one.state.startDate.localeCompare(other.state.startDate);
}

function lineOf(taskRun: TaskRun): Omit<Node, "children"> {
  const { id, taskId, value, state } = taskRun;
  return { key: id, name: taskId, detail: value ?? "", state: state.current, taskRun };
}

/** Several tasks for each iteration: one line for each iteration with its tasks below. Else the children as they are. */
function byIteration(parent: string, children: Node[]): Node[] {
  const iterated = children.filter((child) => child.taskRun?.iteration !== undefined);
  if (new Set(iterated.map((child) => child.name)).size < 2) return children;
  const groups = new Map<number, Node[]>();
  for (const child of iterated) {
    const members = groups.get(child.taskRun!.iteration!);
    if (members) members.push(child);
    else groups.set(child.taskRun!.iteration!, [child]);
  }
  const others = children.filter((child) => child.taskRun?.iteration === undefined);
  return [...[...groups].map(([iteration, members]) => iterationNode(parent, iteration, members)), ...others];
}

function iterationNode(parent: string, iteration: number, members: Node[]): Node {
  const name = members[0]!.detail || `#${iteration + 1}`;
  const children = members.map((member) => ({ ...member, detail: "" }));
  return { key: `${parent}/${iteration}`, name, detail: "iteration", state: stateOf(members), children };
}

function stateOf(members: Node[]): State {
  const states = members.map((member) => member.state);
  return (
    states.find((state) => !ENDED.has(state) && state !== "CREATED") ??
    WORST_FIRST.find((state) => states.includes(state)) ??
    (states.includes("CREATED") ? "CREATED" : "SUCCESS")
  );
}

export const sum = (states: Partial<Record<State, number>>) =>
  Object.values(states).reduce((total, count) => total + count, 0);

/** How many task runs of an execution have ended, and how many there are. */
export function progressOf(states: Counts["states"]): { ended: number; total: number } {
  const ended = Object.entries(states).filter(([state]) => ENDED.has(state as State));
  return { ended: sum(Object.fromEntries(ended)), total: sum(states) };
}

export const isGroup = (node: Node) => node.children.length > 0 || Boolean(node.unread);

/** How many task runs stand directly below a line. */
export const sizeOf = (node: Node) => node.unread ?? node.children.length;

/** The lines to show: all of the tree, without what lies below a folded line. What is large is folded at first. */
export function rowsOf(tree: Node[], { closed, opened }: Folding): Row[] {
  const rows: Row[] = [];
  const walk = (nodes: Node[], depth: number): void => {
    for (const node of nodes) {
      const folded = node.unread ? !opened.has(node.key) : closed.has(node.key);
      rows.push({ node, depth, folded });
      if (folded) continue;
      walk(node.children, depth + 1);
      const more = node.unread ? node.unread - readOf(node) : 0;
      if (more > 0) rows.push({ node, depth: depth + 1, folded: false, more });
    }
  };
  walk(tree, 0);
  return rows;
}

/** How many of the task runs directly below a line are here; those of an iteration stand one level deeper. */
function readOf(node: Node): number {
  return node.children.reduce((count, child) => count + (child.taskRun ? 1 : child.children.length), 0);
}

export const keyOf = (row: Row) => (row.more ? `${row.node.key}/more` : row.node.key);

export function nodeAt(tree: Node[], key: string): Node | undefined {
  for (const node of tree) {
    const found = node.key === key ? node : nodeAt(node.children, key);
    if (found) return found;
  }
  return undefined;
}

/** The ids of all task runs at and below a line. */
export function taskRunsUnder(node: Node): string[] {
  const own = node.taskRun ? [node.taskRun.id] : [];
  return [...own, ...node.children.flatMap(taskRunsUnder)];
}
