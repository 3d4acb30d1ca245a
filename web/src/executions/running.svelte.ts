const SHORTEST_STEP = 16;
const LONGEST_STEP = 250;

/**
 * The service's time in milliseconds, moving while `live()`; it stands still after the end. `length()` is the time shown:
 * the longer it is, the less a frame moves, so that a bar is not drawn again before it has grown by about a pixel.
 */
export function runningClock(state: { live: () => boolean; skew: () => number; length: () => number }): {
  readonly now: number;
} {
  let now = $state(Date.now());

  $effect(() => {
    let frame = 0;
    const skew = state.skew();
    const live = state.live();
    const tick = () => {
      const next = Date.now() + skew;
      const step = Math.min(LONGEST_STEP, Math.max(SHORTEST_STEP, state.length() / 1000));
      if (next - now >= step || next < now || !live) now = next;
      if (live) frame = requestAnimationFrame(tick);
    };
    frame = requestAnimationFrame(tick);
    return () => cancelAnimationFrame(frame);
  });

  return {
    get now() {
      return now;
    },
  };
}
