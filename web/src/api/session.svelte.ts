/** The token prompt's side of the API: requests that were refused wait here until a token was accepted. */
class Session {
  asked = $state(false);
  #waiting: (() => void)[] = [];

  /** Resolves when the service has taken a token. */
  wait(): Promise<void> {
    this.asked = true;
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** Whether the service took the token; if so, whoever waits goes on. */
  async open(token: string): Promise<boolean> {
    const answer = await fetch("/api/v1/session", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ token }),
    });
    if (answer.ok) {
      this.asked = false;
      for (const go of this.#waiting.splice(0)) go();
    }
    return answer.ok;
  }
}

export const session = new Session();
