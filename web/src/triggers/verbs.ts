import type { IconName } from "../parts/Icon.svelte";
import type { TriggerVerb } from "./requests";

export const WORDS: Record<TriggerVerb, { title: string; icon: IconName; danger?: boolean }> = {
  enable: { title: "Enable", icon: "play" },
  disable: { title: "Disable", icon: "pause" },
  unlock: { title: "Unlock", icon: "change" },
  pause: { title: "Pause backfill", icon: "pause" },
  unpause: { title: "Go on with backfill", icon: "play" },
  delete: { title: "End backfill", icon: "stop", danger: true },
  reset: { title: "Reset", icon: "again", danger: true },
};
