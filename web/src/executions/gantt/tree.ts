import type { State, TaskRun } from "../../api/types";

/** A line of the Gantt: a task run, or one iteration of a loop that holds several task runs. */
export interface Node {
  key: string;
  name: string;
  /** What tells it from others of the same name: the iterated value. */
  detail: string;
  state: State;
  taskRun?: TaskRun;
  children: Node[];
}

export interface Row {
  node: Node;
  depth: number;
  folded: boolean;
}

const WORST_FIRST: State[] = ["FAILED", "KILLED", "CANCELLED", "WARNING"];
const ENDED = new Set<State>(["SUCCESS", "WARNING", "FAILED", "KILLED", "CANCELLED", "RETRIED", "SKIPPED"]);

/** Task runs as a tree, siblings in the order given. A task run whose parent is unknown stands at the top. */
export function treeOf(taskRuns: TaskRun[]): Node[] {
  const known = new Set(taskRuns.map((taskRun) => taskRun.id));
  const childrenOf = new Map<string, TaskRun[]>();
  for (const taskRun of taskRuns) {
    const parent = taskRun.parentTaskRunId;
    const key = parent && known.has(parent) ? parent : "";
    const siblings = childrenOf.get(key);
    if (siblings) siblings.push(taskRun);
    else childrenOf.set(key, [taskRun]);
  }
  const grow = (parent: string): Node[] => {
    const nodes = (childrenOf.get(parent) ?? []).map((taskRun) => nodeOf(taskRun, grow(taskRun.id)));
    return byIteration(parent, nodes);
  };
  return grow("");
}

function nodeOf(taskRun: TaskRun, children: Node[]): Node {
  const { id, taskId, value, state } = taskRun;
  return { key: id, name: taskId, detail: value ?? "", state: state.current, taskRun, children };
}

/** Several tasks for each iteration: one line for each iteration with its tasks below. Else the children as they are. */
function byIteration(parent: string, children: Node[]): Node[] {
  const iterated = children.filter((child) => child.taskRun?.iteration !== undefined);
  if (new Set(iterated.map((child) => child.name)).size < 2) return children;
  const groups = new Map<number, Node[]>();
  for (const child of iterated) {
    const iteration = child.taskRun!.iteration!;
    groups.set(iteration, [...(groups.get(iteration) ?? []), child]);
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

/** The lines to show: all of the tree, without what lies below a folded line. */
export function rowsOf(tree: Node[], folded: ReadonlySet<string>): Row[] {
  const rows: Row[] = [];
  const walk = (nodes: Node[], depth: number): void => {
    for (const node of nodes) {
      const closed = folded.has(node.key);
      rows.push({ node, depth, folded: closed });
      if (!closed) walk(node.children, depth + 1);
    }
  };
  walk(tree, 0);
  return rows;
}

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
