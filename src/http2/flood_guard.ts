/**
 * Bounds what a peer may send that costs it little and us something (RFC 9113, section 10.5): frames
 * that carry nothing, and streams that it opens to break them off (CVE-2023-44487) or to make us do
 * so (CVE-2025-8671).
 *
 * @module
 */
import { ConnectionError, type Limit } from "./error.ts";
import type { Http2Options } from "./options.ts";

/** An allowance that is used up and grows again. */
export class Allowance {
  readonly #options: Http2Options;
  readonly #limit: Limit;
  readonly #complaint: string;
  #left: number;
  #at: number | undefined;

  /** `maxBurst` at once, `maxBurstPerSecond` in the long run; `complaint` is what the peer is told then. */
  constructor(options: Http2Options, limit: Limit, complaint: string) {
    this.#options = options;
    this.#limit = limit;
    this.#complaint = complaint;
    this.#left = options.maxBurst;
  }

  /** Uses one up. Throws {@linkcode ConnectionError} when there is none. */
  use(): void {
    if (this.#left < 1) this.#grow();
    if (this.#left < 1) {
      throw new ConnectionError("ENHANCE_YOUR_CALM", this.#complaint, this.#limit);
    }
    // The clock is read once all is used up; until then it is enough to know when that began.
    this.#at ??= this.#options.clock.now();
    this.#left--;
  }

  /** Gives one back, for work that was worth it. */
  earn(): void {
    if (this.#left < this.#options.maxBurst) this.#left++;
  }

  #grow(): void {
    const { clock, maxBurst, maxBurstPerSecond } = this.#options;
    const now = clock.now();
    const grown = (now - (this.#at ?? now)) * maxBurstPerSecond / 1000;
    if (grown < 1) return;
    this.#left = Math.min(maxBurst, this.#left + grown);
    this.#at = now;
  }
}
