/** The service's time in milliseconds, moving with every frame while `live()`; it stands still after the end. */
export function runningClock(live: () => boolean, skew: () => number): { readonly now: number } {
  let now = $state(Date.now());

  $effect(() => {
    let frame = 0;
    const offset = skew();
    const tick = () => {
      now = Date.now() + offset;
      if (live()) frame = requestAnimationFrame(tick);
    };
    tick();
    return () => cancelAnimationFrame(frame);
  });

  return {
    get now() {
      return now;
    },
  };
}
