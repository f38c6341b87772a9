/**
 * Counts by whole-number key, in a window that never spans more than `limit` keys: where it would,
 * the lowest keys are counted in the lowest key that is left. This is the store of a sketch.
 */
export class Bins {
  readonly #limit: number;
  #counts = new Float64Array(0);
  /** The key of `#counts[0]`. */
  #offset = 0;
  #lowest = 0;
  #highest = -1;
  #total = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** How much has been counted. */
  get total(): number {
    return this.#total;
  }

  add(key: number, count: number): void {
    let index = key - this.#offset;
    if (key < this.#lowest || key > this.#highest) index = this.#place(key);
    this.#counts[index] = (this.#counts[index] ?? 0) + count;
    this.#total += count;
  }

  /** The key of the value with this rank, counted from 0 at the lowest. */
  keyAtRank(rank: number): number {
    const counts = this.#counts;
    const end = this.#highest - this.#offset;
    let seen = 0;
    for (let i = this.#lowest - this.#offset; i <= end; i++) {
      seen += counts[i] ?? 0;
      if (seen > rank) return i + this.#offset;
    }
    return this.#highest;
  }

  merge(other: Bins): void {
    if (other.#total === 0) return;
    // The ends first, so that there is one move and the window is final.
    this.#place(other.#highest);
    this.#place(other.#lowest);
    for (let key = other.#lowest; key <= other.#highest; key++) {
      const count = other.#counts[key - other.#offset] ?? 0;
      if (count > 0) this.add(key, count);
    }
  }

  /** Forgets the counts and keeps the memory. */
  clear(): void {
    this.#counts.fill(0);
    this.#lowest = 0;
    this.#highest = -1;
    this.#total = 0;
  }

  /** Widens the window until it has `key`, or as near as the limit allows; returns the index. */
  #place(key: number): number {
    const empty = this.#highest < this.#lowest;
    const highest = empty ? key : Math.max(this.#highest, key);
    const floor = highest - this.#limit + 1;
    const lowest = empty ? key : Math.max(Math.min(this.#lowest, key), floor);
    const fits = lowest >= this.#offset && highest < this.#offset + this.#counts.length;
    if (!fits) this.#move(lowest, highest);
    else this.#collapse(lowest);
    this.#lowest = lowest;
    this.#highest = highest;
    return Math.max(key, lowest) - this.#offset;
  }

  /** Adds what lies below `lowest` to `lowest`, within the present array. */
  #collapse(lowest: number): void {
    const counts = this.#counts;
    const end = Math.min(lowest, this.#highest + 1);
    for (let key = this.#lowest; key < end; key++) {
      const from = key - this.#offset;
      const to = lowest - this.#offset;
      counts[to] = (counts[to] ?? 0) + (counts[from] ?? 0);
      counts[from] = 0;
    }
  }

  /** Takes an array that has `lowest` and `highest`, with room on both sides while there may be. */
  #move(lowest: number, highest: number): void {
    const old = this.#counts;
    const needed = highest - lowest + 1;
    const size = needed <= old.length
      ? old.length
      : Math.min(this.#limit, Math.max(needed + 128, 2 * old.length));
    const offset = lowest - ((size - needed) >> 1);
    const counts = new Float64Array(size);
    for (let key = this.#lowest; key <= this.#highest; key++) {
      const to = Math.max(key, lowest) - offset;
      counts[to] = (counts[to] ?? 0) + (old[key - this.#offset] ?? 0);
    }
    this.#counts = counts;
    this.#offset = offset;
  }
}
