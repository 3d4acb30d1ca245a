/** The time of day in milliseconds, moving once a second; for ages such as "5 m ago". */
class Clock {
  now = $state(Date.now());

  constructor() {
    setInterval(() => (this.now = Date.now()), 1000);
  }
}

export const clock = new Clock();
