import { finish } from "../stretches.ts";
import type { Arena } from "./arena.ts";
import { TimeColumn, type UnfinishedBatch } from "./time_column.ts";

/** The columns of times, by number; those of sources also by the source's name. */
export class Columns {
  readonly #arena: Arena;
  readonly #columns = new Map<number, TimeColumn>();
  readonly #bySource = new Map<string, number>();
  /** Of chunks from a file whose times do not go on from those of their source. */
  readonly #loose = new Set<number>();
  #next = 0;

  constructor(arena: Arena) {
    this.#arena = arena;
  }

  get(number: number): TimeColumn | undefined {
    return this.#columns.get(number);
  }

  /** A new column for one series. */
  add(): number {
    this.#columns.set(this.#next, new TimeColumn(this.#arena));
    return this.#next++;
  }

  /** The column of a source. */
  of(source: string): number {
    let number = this.#bySource.get(source);
    if (number === undefined) this.#bySource.set(source, number = this.add());
    return number;
  }

  /** Where a time of a source's scrape is; index -1 where it is older than the source's newest. */
  place(
    source: string,
    time: number,
    batch?: UnfinishedBatch,
  ): { readonly column: number; readonly index: number } {
    const column = this.of(source);
    return { column, index: this.#columns.get(column)?.place(time, batch) ?? -1 };
  }

  /** The source whose column it is. */
  sourceOf(number: number): string | undefined {
    for (const [source, other] of this.#bySource) if (other === number) return source;
    return undefined;
  }

  /** Puts times that follow each other in a column; gives the number and the index of the first. */
  restore(preferred: number, times: Float64Array): { column: number; first: number } {
    const start = times[0] ?? 0;
    const end = times.at(-1) ?? 0;
    const column = this.#columns.get(preferred);
    if (column !== undefined) {
      for (const time of times) if (time > column.last) column.place(time);
      const { first, times: placed } = finish(column.between(start, end));
      if (placed.length === times.length && placed[0] === start) {
        return { column: preferred, first };
      }
    }
    const loose = this.add();
    this.#loose.add(loose);
    for (const time of times) this.#columns.get(loose)?.place(time);
    return { column: loose, first: 0 };
  }

  remove(number: number): void {
    this.#columns.get(number)?.clear();
    this.#columns.delete(number);
  }

  /** Drops times that no sample after `time` needs, and sources that have been gone since then. */
  trim(time: number): void {
    for (const number of this.#loose) {
      if ((this.#columns.get(number)?.last ?? -Infinity) > time) continue;
      this.remove(number);
      this.#loose.delete(number);
    }
    for (const [source, number] of this.#bySource) {
      const column = this.#columns.get(number);
      if (column !== undefined && column.last > time) {
        column.trim(time);
      } else {
        this.remove(number);
        this.#bySource.delete(source);
      }
    }
  }
}
