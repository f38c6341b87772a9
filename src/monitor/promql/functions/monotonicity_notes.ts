/** What is said of classic histograms whose counts fell: once for each metric, over all steps. */
import { formatCompactFloat } from "../../format_float.ts";
import type { Repair } from "./classic_buckets.ts";
import type { VectorCall } from "./function.ts";
import { formatTwoDigits } from "./go_numbers.ts";
import { forcedMonotonicity } from "./messages.ts";

interface Repairs extends Repair {
  samples: number;
  from: number;
  to: number;
}

/** Collects repairs until {@linkcode MonotonicityNotes.tell}. */
export class MonotonicityNotes {
  readonly #byMetric = new Map<string, Repairs>();

  /** `time` in milliseconds. */
  add(metric: string, repair: Repair, time: number): void {
    const all = this.#byMetric.get(metric);
    if (all === undefined) {
      this.#byMetric.set(metric, { ...repair, samples: 1, from: time, to: time });
      return;
    }
    all.samples++;
    all.lowest = Math.min(all.lowest, repair.lowest);
    all.highest = Math.max(all.highest, repair.highest);
    all.most = Math.max(all.most, repair.most);
    all.from = Math.min(all.from, time);
    all.to = Math.max(all.to, time);
  }

  tell(call: VectorCall, argument: number): void {
    for (const [metric, { lowest, highest, most, samples, from, to }] of this.#byMetric) {
      call.info(
        `${forcedMonotonicity(metric)}, from buckets ${formatCompactFloat(lowest)} to ${
          formatCompactFloat(highest)
        }, ` +
          `with a max diff of ${formatTwoDigits(most)}, over ${samples} samples ` +
          `from ${wholeSeconds(from)} to ${wholeSeconds(to)}`,
        argument,
      );
    }
  }
}

function wholeSeconds(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}
