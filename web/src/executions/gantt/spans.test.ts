import { expect, test } from "vitest";
import type { Attempt, State, TaskRun } from "../../api/types";
import { pausesOf, spansOf, timesOf } from "./spans";
import type { Node } from "./tree";

const at = (second: number) => new Date(second * 1000).toISOString();

function node(histories: [State, number][], attempts: [State, number, number?][] = [], end?: number): Node {
  const state = {
    current: histories.at(-1)![0],
    histories: histories.map(([state, second]) => ({ state, date: at(second) })),
    startDate: at(histories[0]![1]),
    endDate: end === undefined ? undefined : at(end),
  };
  const tries = attempts.map(([state, from, to]): Attempt => {
    return { state, startDate: at(from), endDate: to === undefined ? undefined : at(to) };
  });
  const taskRun: TaskRun = { id: "a", taskId: "a", branch: "tasks", attempts: tries, outputs: {}, state };
  return { key: "a", name: "a", detail: "", state: state.current, taskRun, children: [] };
}

const shown = (line: Node) =>
  spansOf(line).map(({ kind, state, from, to }) => [kind, state, from / 1000, to && to / 1000]);

test("the waiting before each attempt stands apart from the attempt", () => {
  const retried = node(
    [
      ["CREATED", 0],
      ["RUNNING", 1],
      ["SUCCESS", 9],
    ],
    [
      ["FAILED", 1, 3],
      ["SUCCESS", 5, 9],
    ],
    9,
  );
  expect(shown(retried)).toEqual([
    ["wait", "QUEUED", 0, 1],
    ["run", "FAILED", 1, 3],
    ["wait", "QUEUED", 3, 5],
    ["run", "SUCCESS", 5, 9],
  ]);
  expect(timesOf(spansOf(retried), 0)).toEqual({ run: 6000, wait: 3000 });
});

test("a running attempt has no end", () => {
  const running = node(
    [
      ["CREATED", 0],
      ["RUNNING", 1],
    ],
    [["RUNNING", 1]],
  );
  expect(shown(running)).toEqual([
    ["wait", "QUEUED", 0, 1],
    ["run", "RUNNING", 1, undefined],
  ]);
  expect(timesOf(spansOf(running), 4000)).toEqual({ run: 3000, wait: 1000 });
});

test("between two attempts a task run waits until now", () => {
  const retrying = node(
    [
      ["CREATED", 0],
      ["RUNNING", 0],
      ["RETRYING", 2],
    ],
    [["FAILED", 0, 2]],
  );
  expect(shown(retrying).at(-1)).toEqual(["wait", "RETRYING", 2, undefined]);
});

test("what has not begun waits", () => {
  expect(shown(node([["CREATED", 3]]))).toEqual([["wait", "CREATED", 3, undefined]]);
});

test("without attempts the states tell, the pause included, and the result gives the colour", () => {
  const paused = node(
    [
      ["CREATED", 0],
      ["RUNNING", 1],
      ["PAUSED", 2],
      ["RUNNING", 7],
      ["FAILED", 8],
    ],
    [],
    8,
  );
  expect(shown(paused)).toEqual([
    ["wait", "CREATED", 0, 1],
    ["run", "FAILED", 1, 2],
    ["run", "PAUSED", 2, 7],
    ["run", "FAILED", 7, 8],
  ]);
});

test("an iteration lasts from its first beginning to its last end", () => {
  const first = node(
    [
      ["CREATED", 0],
      ["RUNNING", 1],
      ["SUCCESS", 3],
    ],
    [["SUCCESS", 1, 3]],
    3,
  );
  const second = node(
    [
      ["CREATED", 2],
      ["RUNNING", 4],
    ],
    [["RUNNING", 4]],
  );
  const iteration: Node = { key: "i", name: "pl", detail: "", state: "RUNNING", children: [first, second] };
  expect(shown(iteration)).toEqual([["run", "RUNNING", 1, undefined]]);
  expect(shown({ ...iteration, state: "SUCCESS", children: [first] })).toEqual([["run", "SUCCESS", 1, 3]]);
  expect(shown({ ...iteration, children: [] })).toEqual([]);
});

test("between an end and a restart there is nothing, and each run has the colour of its own end", () => {
  const restarted = node(
    [
      ["CREATED", 0],
      ["RUNNING", 1],
      ["FAILED", 2],
      ["RESTARTED", 8],
      ["RUNNING", 9],
      ["SUCCESS", 10],
    ],
    [],
    10,
  );
  expect(shown(restarted)).toEqual([
    ["wait", "CREATED", 0, 1],
    ["run", "FAILED", 1, 2],
    ["wait", "RESTARTED", 8, 9],
    ["run", "SUCCESS", 9, 10],
  ]);
  const tried = { ...restarted.taskRun!, attempts: [
    { state: "FAILED" as const, startDate: at(1), endDate: at(2) },
    { state: "SUCCESS" as const, startDate: at(9), endDate: at(10) },
  ] };
  expect(shown({ ...restarted, taskRun: tried })).toEqual([
    ["wait", "QUEUED", 0, 1],
    ["run", "FAILED", 1, 2],
    ["wait", "QUEUED", 8, 9],
    ["run", "SUCCESS", 9, 10],
  ]);
});

test("the pauses of an execution are told, the last one until now", () => {
  const histories = [
    { state: "RUNNING" as const, date: at(1) },
    { state: "PAUSED" as const, date: at(2) },
    { state: "RUNNING" as const, date: at(5) },
    { state: "PAUSED" as const, date: at(7) },
  ];
  const spans = pausesOf({ current: "PAUSED", histories, startDate: at(1) });
  expect(spans.map(({ from, to }) => [from / 1000, to && to / 1000])).toEqual([
    [2, 5],
    [7, undefined],
  ]);
});
