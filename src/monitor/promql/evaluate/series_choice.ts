import type { StepSeries } from "../value.ts";

/** Series of a vector of which only some are wanted, and those perhaps at some steps only. */
export class SeriesChoice {
  readonly #stepCount: number;
  /** In the order in which series were first taken. */
  readonly #present = new Map<StepSeries, Uint8Array>();

  constructor(stepCount: number) {
    this.#stepCount = stepCount;
  }

  /** Takes the value of a series at a step. */
  take(series: StepSeries, step: number): void {
    let present = this.#present.get(series);
    if (present === undefined) {
      this.#present.set(series, present = new Uint8Array(this.#stepCount));
    }
    present[step] = series.present[step] ?? 0;
  }

  result(): StepSeries[] {
    return Array.from(this.#present, ([series, present]) => ({ ...series, present }));
  }
}
