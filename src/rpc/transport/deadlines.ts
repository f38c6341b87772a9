/**
 * The deadlines of calls. Most calls end long before theirs, so a deadline costs no timer of its own:
 * one waits for the earliest that was seen, and then looks at all calls for the next.
 *
 * @module
 */

/** Something that must end in time. It knows its neighbours in the list that it is in. */
export interface Expiring {
  /** Milliseconds since the epoch. */
  readonly deadline: number | undefined;
  expire(): void;
  before?: Expiring | undefined;
  after?: Expiring | undefined;
}

/** Calls are looked at no more often than this. */
const STEP_MS = 10;

/** The deadlines of one server: a list, which keeps nothing of those that have left it. */
export class Deadlines {
  #first: Expiring | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #timerAt = Infinity;

  /** Calls `expire()` when the deadline has passed, at most 10 ms later. */
  add(expiring: Expiring): void {
    if (expiring.deadline === undefined) return;
    const after = this.#first;
    if (after !== undefined) after.before = expiring;
    expiring.after = after;
    this.#first = expiring;
    this.#wait(expiring.deadline);
  }

  /** Forgets one that has ended, if it was there. */
  delete(expiring: Expiring): void {
    const { before, after } = expiring;
    if (before !== undefined) before.after = after;
    else if (this.#first === expiring) this.#first = after;
    if (after !== undefined) after.before = before;
    expiring.before = expiring.after = undefined;
  }

  /** Ends the timer. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timerAt = Infinity;
  }

  #wait(deadline: number): void {
    const at = Math.ceil(deadline / STEP_MS) * STEP_MS;
    if (at >= this.#timerAt) return;
    clearTimeout(this.#timer);
    this.#timerAt = at;
    this.#timer = setTimeout(() => this.#look(), Math.max(0, at - Date.now()));
  }

  #look(): void {
    this.#timerAt = Infinity;
    const now = Date.now();
    // Those that end change the list.
    const late: Expiring[] = [];
    let next = Infinity;
    for (let one = this.#first; one !== undefined; one = one.after) {
      const { deadline = Infinity } = one;
      if (deadline <= now) late.push(one);
      else next = Math.min(next, deadline);
    }
    for (const one of late) {
      this.delete(one);
      one.expire();
    }
    if (next < Infinity) this.#wait(next);
  }
}
