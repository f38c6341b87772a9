import type { Exemplar } from "../samples.ts";
import type { SeriesHandle } from "../store/series.ts";

const BLOCK = 1024;

/** The samples of one series, collected in any order of time. */
export class SampleColumn {
  readonly series: SeriesHandle;
  /** Times and values in turn. */
  #blocks: Float64Array[] = [];
  #count = 0;
  #isSorted = true;
  #lastTime = -Infinity;
  #exemplars: Map<number, Exemplar> | undefined;

  constructor(series: SeriesHandle) {
    this.series = series;
  }

  get count(): number {
    return this.#count;
  }

  add(time: number, value: number, exemplar: Exemplar | undefined): void {
    const place = this.#count % BLOCK;
    if (place === 0) this.#blocks.push(new Float64Array(2 * BLOCK));
    const block = this.#blocks.at(-1);
    if (block === undefined) return;
    block[2 * place] = time;
    block[2 * place + 1] = value;
    this.#count++;
    if (time < this.#lastTime) this.#isSorted = false;
    this.#lastTime = time;
    if (exemplar !== undefined) (this.#exemplars ??= new Map()).set(time, exemplar);
  }

  timeAt(index: number): number {
    return this.#blocks[Math.floor(index / BLOCK)]?.[2 * (index % BLOCK)] ?? NaN;
  }

  valueAt(index: number): number {
    return this.#blocks[Math.floor(index / BLOCK)]?.[2 * (index % BLOCK) + 1] ?? NaN;
  }

  exemplarAt(time: number): Exemplar | undefined {
    return this.#exemplars?.get(time);
  }

  /** Puts the samples in order of time; those of the same time stay as they came. */
  sort(): void {
    if (this.#isSorted) return;
    const order = Uint32Array.from({ length: this.#count }, (_, i) => i)
      .sort((a, b) => this.timeAt(a) - this.timeAt(b) || a - b);
    const sorted = new SampleColumn(this.series);
    for (const index of order) sorted.add(this.timeAt(index), this.valueAt(index), undefined);
    this.#blocks = sorted.#blocks;
    this.#isSorted = true;
  }

  /** Gives up the samples. */
  clear(): void {
    this.#blocks = [];
    this.#count = 0;
  }
}
