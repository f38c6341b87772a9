/**
 * Bounds what a peer may send that costs it little and us something (RFC 9113, section 10.5): frames
 * that carry nothing, and streams that it opens to break them off (CVE-2023-44487) or to make us do
 * so (CVE-2025-8671).
 *
 * @module
 */
import type { Clock } from "./clock.ts";

/** An allowance that is used up and grows again. */
export class Allowance {
  readonly #clock: Clock;
  readonly #max: number;
  readonly #perSecond: number;
  #left: number;
  #at: number | undefined;

  /** `max` at once, `perSecond` in the long run. */
  constructor(clock: Clock, max: number, perSecond: number) {
    this.#clock = clock;
    this.#max = max;
    this.#perSecond = perSecond;
    this.#left = max;
  }

  /** Uses one up; false when there is none. */
  use(): boolean {
    if (this.#left < 1) this.#grow();
    if (this.#left < 1) return false;
    // The clock is read once all is used up; until then it is enough to know when that began.
    this.#at ??= this.#clock.now();
    this.#left--;
    return true;
  }

  /** Gives one back, for work that was worth it. */
  earn(): void {
    if (this.#left < this.#max) this.#left++;
  }

  #grow(): void {
    const now = this.#clock.now();
    const grown = (now - (this.#at ?? now)) * this.#perSecond / 1000;
    if (grown < 1) return;
    this.#left = Math.min(this.#max, this.#left + grown);
    this.#at = now;
  }
}
