/** Who waits for which time, the earliest first; most wait for the same few times. */
export class TimeQueue<T> {
  readonly #waiting = new Map<number, T[]>();
  /** A binary heap of the times, each once. */
  readonly #heap: number[] = [];

  add(time: number, item: T): void {
    const others = this.#waiting.get(time);
    if (others !== undefined) {
      others.push(item);
      return;
    }
    this.#waiting.set(time, [item]);
    let at = this.#heap.push(time) - 1;
    while (at > 0) {
      const parent = (at - 1) >>> 1;
      if (!this.#swapIfLess(at, parent)) break;
      at = parent;
    }
  }

  /** Takes the earliest time and all who wait for it; undefined when nobody does. */
  take(): readonly [time: number, items: readonly T[]] | undefined {
    const [time] = this.#heap;
    const last = this.#heap.pop();
    if (time === undefined || last === undefined) return undefined;
    if (this.#heap.length > 0) this.#sink(last);
    const items = this.#waiting.get(time) ?? [];
    this.#waiting.delete(time);
    return [time, items];
  }

  #sink(time: number): void {
    this.#heap[0] = time;
    for (let at = 0;;) {
      const left = 2 * at + 1;
      const isRightLess = (this.#heap[left + 1] ?? Infinity) < (this.#heap[left] ?? Infinity);
      const least = isRightLess ? left + 1 : left;
      if (!this.#swapIfLess(least, at)) return;
      at = least;
    }
  }

  #swapIfLess(child: number, parent: number): boolean {
    const low = this.#heap[child] ?? Infinity;
    const high = this.#heap[parent] ?? Infinity;
    if (low >= high) return false;
    this.#heap[parent] = low;
    this.#heap[child] = high;
    return true;
  }
}
