import type { FloatHistogram } from "../histogram/float_histogram.ts";
import { ABSENT, type Chunk, HISTOGRAM, NUMBER, STALE } from "./chunk.ts";
import { BLOCK } from "./time_column.ts";

/** A sample as a series takes it. */
export interface SeriesSample {
  readonly value: number;
  readonly stale?: boolean;
  readonly histogram?: FloatHistogram;
  readonly start?: number;
}

/** So many scrapes may miss a series before a new chunk begins. */
const MAX_GAP = 16;

const EMPTY = new Float64Array(0);

/** The newest samples of a series, not compressed yet. */
export class Head implements Chunk {
  column = -1;
  first = 0;
  count = 0;
  values: Float64Array<ArrayBuffer> = EMPTY;
  marks: Uint8Array<ArrayBuffer> | undefined;
  starts: Float64Array<ArrayBuffer> | undefined;
  histograms: (FloatHistogram | undefined)[] | undefined;
  #lastValue = 0;

  /** The memory it takes. */
  get bytes(): number {
    return this.values.byteLength + (this.starts?.byteLength ?? 0);
  }

  /** How many samples there are, without those that are absent. */
  get sampleCount(): number {
    let count = this.count;
    for (let i = 0; i < this.count; i++) if (this.marks?.[i] === ABSENT) count--;
    return count;
  }

  /**
   * Whether a sample at this index of a column can stand in the same chunk. `stagger` makes series end
   * their chunks at different times, so that no scrape pays for all of them.
   */
  takes(column: number, index: number, stagger: number): boolean {
    if (this.count === 0) return true;
    const gap = index - this.first - this.count;
    return column === this.column && gap >= 0 && gap <= MAX_GAP &&
      Math.floor((index + stagger) / BLOCK) === Math.floor((this.first + stagger) / BLOCK);
  }

  /** Adds a sample that it {@linkcode takes}. */
  add(column: number, index: number, sample: SeriesSample): void {
    if (this.count === 0) {
      this.column = column;
      this.first = index;
    }
    while (this.first + this.count < index) this.#push(this.#lastValue, ABSENT);
    if (sample.stale === true) {
      this.#push(this.#lastValue, STALE);
    } else if (sample.histogram !== undefined) {
      (this.histograms ??= [])[this.count] = sample.histogram;
      this.#push(this.#lastValue, HISTOGRAM);
    } else {
      this.#lastValue = sample.value;
      this.#push(sample.value, NUMBER);
    }
    if (sample.start !== undefined && sample.start !== 0) {
      (this.starts ??= new Float64Array(BLOCK))[this.count - 1] = sample.start;
    }
  }

  #push(value: number, mark: number): void {
    if (this.count === this.values.length) {
      const grown = new Float64Array(Math.min(BLOCK, Math.max(8, this.count * 4)));
      grown.set(this.values);
      this.values = grown;
    }
    if (mark !== NUMBER) (this.marks ??= new Uint8Array(BLOCK))[this.count] = mark;
    this.values[this.count++] = value;
  }

  /** Begins anew; the memory for values stays. */
  reset(): void {
    this.count = 0;
    this.marks = undefined;
    this.starts = undefined;
    this.histograms = undefined;
  }

  /** Gives the memory for values back too. */
  release(): void {
    this.reset();
    this.values = EMPTY;
  }
}
