import type { Labels } from "../../labels.ts";
import { QueryError } from "../errors.ts";
import { resultLabels } from "../evaluate/names.ts";
import { draftSeries, type SeriesDraft } from "../evaluate/steps.ts";
import { FLOAT, type StepSeries } from "../value.ts";
import type { VectorCall } from "./function.ts";
import { formatOpenMetrics } from "./go_numbers.ts";

/**
 * Writes the quantiles of one histogram: into one series, or where a label tells the quantile into
 * one for each that comes up.
 */
export class QuantileWriter {
  readonly #labels: Labels;
  readonly #label: string | undefined;
  readonly #steps: number;
  readonly #drafts = new Map<number, SeriesDraft>();

  constructor(call: VectorCall, labels: Labels, label: string | undefined) {
    this.#labels = resultLabels(labels, call);
    this.#label = label;
    this.#steps = call.steps.count;
  }

  /** Throws a {@linkcode QueryError} where a quantile is asked for twice. */
  write(step: number, quantile: number, value: number): void {
    const key = this.#label === undefined ? 0 : quantile;
    let draft = this.#drafts.get(key);
    if (draft === undefined) {
      const labels = this.#label === undefined
        ? this.#labels
        : this.#labels.with(this.#label, formatOpenMetrics(quantile));
      draft = draftSeries(labels, this.#steps, true);
      this.#drafts.set(key, draft);
    }
    if (draft.present[step] === FLOAT) {
      throw new QueryError("execution", "vector cannot contain metrics with the same labelset");
    }
    draft.present[step] = FLOAT;
    draft.values[step] = value;
  }

  series(): Iterable<StepSeries> {
    return this.#drafts.values();
  }
}
