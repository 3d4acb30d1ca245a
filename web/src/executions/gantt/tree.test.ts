import { expect, test } from "vitest";
import type { State, TaskRun } from "../../api/types";
import { keyOf, nodeAt, progressOf, rowsOf, sizeOf, taskRunsUnder, treeOf } from "./tree";

function taskRun(id: string, more: Partial<TaskRun> & { in?: State } = {}): TaskRun {
  const state = { current: more.in ?? "SUCCESS", histories: [], startDate: "2026-11-23T00:00:00Z" };
  return { id, taskId: id, branch: "tasks", attempts: [], outputs: {}, state, ...more };
}

const LOOP = [
  taskRun("loop"),
  taskRun("a0", { taskId: "load", parentTaskRunId: "loop", iteration: 0, value: "pl" }),
  taskRun("a1", { taskId: "load", parentTaskRunId: "loop", iteration: 1, value: "de" }),
];

const lines = (taskRuns: TaskRun[], folded: string[] = []) =>
  rowsOf(treeOf(taskRuns), { closed: new Set(folded), opened: new Set() }).map(({ node, depth }) =>
    `${"  ".repeat(depth)}${node.name} ${node.detail}`.trimEnd(),
  );

test("task runs lie under their parents, in the order of their creation", () => {
  expect(
    lines([taskRun("a"), taskRun("b"), taskRun("c", { parentTaskRunId: "a" }), taskRun("d", { parentTaskRunId: "c" })]),
  ).toEqual(["a", "  c", "    d", "b"]);
});

test("a task run whose parent is unknown is not lost", () => {
  expect(lines([taskRun("a", { parentTaskRunId: "gone" })])).toEqual(["a"]);
});

test("a folded line hides all that lies below it", () => {
  expect(lines([...LOOP, taskRun("z")], ["loop"])).toEqual(["loop", "z"]);
});

test("one task for each iteration is told apart by its value", () => {
  expect(lines(LOOP)).toEqual(["loop", "  load pl", "  load de"]);
});

test("several tasks for each iteration lie below a line for that iteration", () => {
  const checks = [
    taskRun("b0", { taskId: "check", parentTaskRunId: "loop", iteration: 0, value: "pl" }),
    taskRun("b1", { taskId: "check", parentTaskRunId: "loop", iteration: 1, value: "de", in: "FAILED" }),
  ];
  expect(lines([...LOOP, ...checks])).toEqual([
    "loop",
    "  pl iteration",
    "    load",
    "    check",
    "  de iteration",
    "    load",
    "    check",
  ]);
  expect(nodeAt(treeOf([...LOOP, ...checks]), "loop/1")?.state).toBe("FAILED");
});

test("a line stands for its own task run and all below it", () => {
  const tree = treeOf(LOOP);
  expect(taskRunsUnder(nodeAt(tree, "loop")!)).toEqual(["loop", "a0", "a1"]);
  expect(taskRunsUnder(nodeAt(tree, "a1")!)).toEqual(["a1"]);
  expect(nodeAt(tree, "nowhere")).toBeUndefined();
});

const GROUPS = { loop: { SUCCESS: 9_999, FAILED: 1 } };
const open = (...keys: string[]) => ({ closed: new Set<string>(), opened: new Set(keys) });

test("a group that is not sent is folded until it is opened, and then tells how many are not here yet", () => {
  const tree = treeOf([LOOP[0]!], GROUPS);
  expect(sizeOf(tree[0]!)).toBe(10_000);
  expect(rowsOf(tree, open()).map((row) => [keyOf(row), row.folded])).toEqual([["loop", true]]);
  expect(rowsOf(tree, open("loop")).map(keyOf)).toEqual(["loop", "loop/more"]);
  const rows = rowsOf(treeOf([...LOOP].reverse(), GROUPS), open("loop"));
  expect(rows.map((row) => [keyOf(row), row.more])).toEqual([
    ["loop", undefined],
    ["a0", undefined],
    ["a1", undefined],
    ["loop/more", 9_998],
  ]);
});

test("what lies below such a group is opened one by one too", () => {
  const holder = taskRun("h", { parentTaskRunId: "loop", iteration: 0, children: 2 });
  const inner = taskRun("i", { parentTaskRunId: "h" });
  const rows = (...taskRuns: TaskRun[]) => rowsOf(treeOf([LOOP[0]!, holder, ...taskRuns], GROUPS), open("loop", "h"));
  expect(rows().map(keyOf)).toEqual(["loop", "h", "h/more", "loop/more"]);
  expect(rows(inner).map((row) => row.more)).toEqual([undefined, undefined, undefined, 1, 9_999]);
});

test("progress counts what has ended", () => {
  expect(progressOf({ SUCCESS: 3, RUNNING: 1, FAILED: 2 })).toEqual({ ended: 5, total: 6 });
  expect(progressOf({})).toEqual({ ended: 0, total: 0 });
});

test("what was read first because it failed stands where it ran", () => {
  const at = (second: number, more: Partial<TaskRun>): TaskRun => {
    const run = taskRun(`${more.taskId}${second}`, { parentTaskRunId: "loop", ...more });
    return { ...run, state: { ...run.state, startDate: `2026-11-23T00:00:0${second}Z` } };
  };
  const runs = [
    taskRun("loop"),
    at(4, { taskId: "check", iteration: 1 }),
    at(2, { taskId: "check", iteration: 0 }),
    at(1, { taskId: "read", iteration: 0 }),
    at(3, { taskId: "read", iteration: 1 }),
  ];
  const [loop] = treeOf(runs, { loop: { FAILED: 2, SUCCESS: 2 } });
  expect(loop!.children.map((node) => node.children.map(({ name }) => name))).toEqual([
    ["read", "check"],
    ["read", "check"],
  ]);
});
