import { expect, test } from "vitest";
import type { TaskRun } from "../api/types";
import { GROUP_PAGE, Groups } from "./groups";

function world(total: number) {
  const live = new Set<string>();
  const asked: string[] = [];
  const put = new Map<string, TaskRun>();
  const read: ConstructorParameters<typeof Groups>[2] = async (_id, { parentId, state, page, size }) => {
    asked.push(state ? "worst" : `${parentId} ${page}`);
    const count = state ? 0 : Math.max(0, Math.min(size, total - (page - 1) * size));
    const results = Array.from({ length: count }, (_, index): TaskRun => {
      const id = `${parentId}-${(page - 1) * size + index}`;
      const endDate = live.has(id) ? undefined : "2026-11-23T00:00:01Z";
      const record = { current: "SUCCESS" as const, histories: [], startDate: "2026-11-23T00:00:00Z", endDate };
      return { id, taskId: "t", branch: "tasks", attempts: [], outputs: {}, state: record };
    });
    return { results, total };
  };
  const groups = new Groups("x", (taskRuns) => taskRuns.forEach((run) => put.set(run.id, run)), read);
  return { groups, asked, put, live };
}

test("a group is read page by page, once, and not beyond its end", async () => {
  const { groups, asked, put } = world(GROUP_PAGE + 1);
  await groups.open("loop");
  await groups.open("loop");
  expect([asked, put.size]).toEqual([["worst", "loop 1"], GROUP_PAGE]);
  await Promise.all([groups.more("loop"), groups.more("loop")]);
  await groups.more("loop");
  expect([asked.slice(2), put.size]).toEqual([["loop 2"], GROUP_PAGE + 1]);
});

test("only pages that may still move are read again", async () => {
  const { groups, asked, live } = world(2 * GROUP_PAGE);
  live.add("loop-3");
  await groups.open("loop");
  await groups.more("loop");
  asked.length = 0;
  await groups.refresh();
  expect(asked).toEqual(["loop 1"]);
  asked.length = 0;
  await groups.refresh(true);
  expect(asked).toEqual(["loop 1", "loop 2"]);
});

test("the last page is read again while it is not full, as it may have grown", async () => {
  const { groups, asked } = world(3);
  await groups.open("loop");
  asked.length = 0;
  await groups.refresh();
  expect(asked).toEqual(["loop 1"]);
});
