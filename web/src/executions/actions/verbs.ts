import type { IconName } from "../../parts/Icon.svelte";
import { VERBS, type Execution, type State, type Verb } from "../../api/types";

interface Words {
  title: string;
  icon: IconName;
  /** What a dialog says before it is done, for one and for several. */
  meaning: string;
  danger?: boolean;
}

export const WORDS: Record<Verb, Words> = {
  resume: { title: "Resume", icon: "play", meaning: "What is paused goes on." },
  pause: { title: "Pause", icon: "pause", meaning: "Nothing new begins; what runs goes on to its end." },
  kill: { title: "Kill", icon: "stop", meaning: "What runs is stopped now, and nothing follows.", danger: true },
  restart: { title: "Restart", icon: "again", meaning: "What failed runs again; what succeeded stays." },
  replay: { title: "Replay", icon: "copies", meaning: "A new execution does the same again." },
  state: { title: "Mark as …", icon: "mark", meaning: "Say how a task run ended; the execution goes on from there." },
  "change-status": {
    title: "Change state",
    icon: "change",
    meaning: "Say that it ended otherwise. Nothing runs because of that.",
  },
  "force-run": { title: "Force run", icon: "fast", meaning: "It runs now, whatever it waits for." },
  unqueue: { title: "Unqueue", icon: "queue", meaning: "It leaves the queue, whatever the limit of its flow is." },
  labels: { title: "Set labels", icon: "label", meaning: "These labels are added; a key that is there gets the new value." },
  delete: { title: "Delete", icon: "trash", meaning: "It is forgotten for good.", danger: true },
};

export const ENDS: State[] = ["SUCCESS", "WARNING", "FAILED", "KILLED", "CANCELLED"];
export const MARKS: State[] = ["SUCCESS", "WARNING", "FAILED", "SKIPPED"];
export const QUEUE_ENDS: State[] = ["RUNNING", "CANCELLED", "FAILED"];

/** Verbs that are done at once for one execution: they ask nothing and lose nothing. */
const AT_ONCE = new Set<Verb>(["pause", "restart", "force-run"]);

export const isAtOnce = (verb: Verb) => AT_ONCE.has(verb);

/** Verbs for many: all but the one that is about a single task run. */
export const BULK_VERBS = VERBS.filter((verb) => verb !== "state");

/** The verbs that every one of these executions allows, in the order of the menu. */
export function allowedByAll(executions: Execution[]): Verb[] {
  return BULK_VERBS.filter((verb) => executions.every((execution) => execution.actions.includes(verb)));
}
