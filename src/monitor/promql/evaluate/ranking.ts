import type { Pace } from "../../pace.ts";
import { sortInSlices } from "../../sort_in_slices.ts";
import type { StepSeries } from "../value.ts";

/**
 * The series with the highest values, so many. It is a heap as Go's `container/heap` has it, the lowest
 * on top: of equal values those stay that stay in Prometheus. NaN is below all numbers.
 */
export class Ranking {
  readonly #limit: number;
  readonly #series: StepSeries[] = [];
  readonly #values: number[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Takes a series in if there is room, or if it is higher than the lowest. */
  offer(series: StepSeries, value: number): void {
    const values = this.#values;
    if (values.length < this.#limit) {
      values.push(value);
      this.#series.push(series);
      this.#rise(values.length - 1);
      return;
    }
    const lowest = values[0] as number;
    if (lowest < value || (Number.isNaN(lowest) && !Number.isNaN(value))) {
      values[0] = value;
      this.#series[0] = series;
      this.#sink();
    }
  }

  /** From the highest to the lowest. */
  async best(pace: Pace): Promise<StepSeries[]> {
    const places = this.#values.map((_, place) => place);
    const compare = (a: number, b: number) =>
      this.#isLower(a, b) ? 1 : this.#isLower(b, a) ? -1 : a - b;
    const sorted = await sortInSlices(places, compare, pace);
    return sorted.map((place) => this.#series[place] as StepSeries);
  }

  #isLower(a: number, b: number): boolean {
    const value = this.#values[a] as number;
    const other = this.#values[b] as number;
    return value < other || (Number.isNaN(value) && !Number.isNaN(other));
  }

  #rise(from: number): void {
    for (let place = from; place > 0;) {
      const parent = (place - 1) >> 1;
      if (!this.#goesFirst(place, parent)) return;
      this.#swap(place, parent);
      place = parent;
    }
  }

  #sink(): void {
    const count = this.#values.length;
    for (let place = 0;;) {
      let child = 2 * place + 1;
      if (child >= count) return;
      if (child + 1 < count && this.#goesFirst(child + 1, child)) child++;
      if (!this.#goesFirst(child, place)) return;
      this.#swap(place, child);
      place = child;
    }
  }

  /** Towards the top; a NaN even before another. */
  #goesFirst(a: number, b: number): boolean {
    return Number.isNaN(this.#values[a]) ||
      (this.#values[a] as number) < (this.#values[b] as number);
  }

  #swap(a: number, b: number): void {
    const values = this.#values;
    const value = values[a] as number;
    values[a] = values[b] as number;
    values[b] = value;
    const series = this.#series[a] as StepSeries;
    this.#series[a] = this.#series[b] as StepSeries;
    this.#series[b] = series;
  }
}
