/** Numbers of a native histogram; plain numbers have none. */
import { average, type FloatHistogram, standardDeviation, variance } from "../../histogram/mod.ts";
import type { FunctionImplementation } from "./function.ts";

export const NATIVE_HISTOGRAMS: ReadonlyMap<string, FunctionImplementation> = new Map([
  of("histogram_count", ({ count }) => count),
  of("histogram_sum", ({ sum }) => sum),
  of("histogram_avg", average),
  of("histogram_stddev", standardDeviation),
  of("histogram_stdvar", variance),
]);

function of(
  name: string,
  measure: (histogram: FloatHistogram) => number,
): [string, FunctionImplementation] {
  return [name, {
    kind: "sample",
    evaluate: (value) => typeof value === "number" ? undefined : measure(value),
  }];
}
