import type { TimeRange } from "../samples.ts";
import type { Interruptible } from "../stretches.ts";
import type { Columns } from "./columns.ts";
import type { TimeSpan } from "./time_column.ts";

const NOTHING: TimeSpan = { first: 0, times: new Float64Array(0) };

/** The times of each column in the range of one query, decoded once. */
export class SpanCache {
  readonly #columns: Columns;
  readonly #range: TimeRange;
  readonly #spans = new Map<number, TimeSpan>();

  constructor(columns: Columns, range: TimeRange) {
    this.#columns = columns;
    this.#range = range;
  }

  /** The times of a column; undefined where it was not loaded. */
  get(column: number): TimeSpan | undefined {
    return this.#spans.get(column);
  }

  /** Decodes the times of a column. */
  *load(column: number): Interruptible<void> {
    const times = this.#columns.get(column);
    const { start, end } = this.#range;
    this.#spans.set(column, times === undefined ? NOTHING : yield* times.between(start, end));
  }
}
