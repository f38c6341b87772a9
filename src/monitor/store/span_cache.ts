import type { TimeRange } from "../samples.ts";
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

  get(column: number): TimeSpan {
    let span = this.#spans.get(column);
    if (span === undefined) {
      span = this.#columns.get(column)?.between(this.#range.start, this.#range.end) ?? NOTHING;
      this.#spans.set(column, span);
    }
    return span;
  }
}
