/** Runs checks one after the other, and tells and counts how they ended. */
export class Report {
  readonly #print: (line: string) => void;
  #passed = 0;
  #failed = 0;

  constructor(print: (line: string) => void) {
    this.#print = print;
  }

  get failed(): number {
    return this.#failed;
  }

  get summary(): string {
    return `${this.#passed} passed, ${this.#failed} failed`;
  }

  /**
   * Runs a check: one line when it passes, with what `check` resolves with; what was wrong when it
   * rejects. Resolves with whether it passed.
   */
  async check(name: string, check: () => Promise<string | void>): Promise<boolean> {
    const start = performance.now();
    const seconds = () => `${((performance.now() - start) / 1000).toFixed(1)} s`;
    try {
      const found = await check();
      this.#passed++;
      this.#print(`ok    ${name}${found ? `: ${found}` : ""} (${seconds()})`);
      return true;
    } catch (error) {
      this.#failed++;
      const reason = error instanceof Error ? error.message : String(error);
      this.#print(`FAIL  ${name} (${seconds()})\n      ${reason.replaceAll("\n", "\n      ")}`);
      return false;
    }
  }

  /** Tells what was not looked at, and why. With `CI=true` that is a failure. */
  async leaveOut(name: string, reason: string): Promise<void> {
    if (Deno.env.get("CI") !== "true") this.#print(`left  ${name}: ${reason}`);
    else await this.check(name, () => Promise.reject(new Error(reason)));
  }
}
