import type { Pace } from "../../pace.ts";
import { inStretches, STRETCH } from "../../stretches.ts";

/** The least and the greatest of some numbers; both NaN where one of them is. */
export interface Extent {
  readonly lowest: number;
  readonly highest: number;
}

/** Of no numbers it is from +Inf to -Inf. */
export async function extentOf(values: Float64Array, pace: Pace): Promise<Extent> {
  let lowest = Infinity;
  let highest = -Infinity;
  await inStretches(values.length, STRETCH, pace, (from, to) => {
    for (let i = from; i < to; i++) {
      lowest = Math.min(lowest, values[i] as number);
      highest = Math.max(highest, values[i] as number);
    }
  });
  return { lowest, highest };
}
