/**
 * The functions of PromQL, those of Prometheus 3.16, the experimental ones included. One file a
 * family; `function.ts` says what shapes they have.
 *
 * @module
 */
import { ABSENCE } from "./absent.ts";
import { DATES } from "./dates.ts";
import { EXTREMES } from "./extremes.ts";
import type { FunctionImplementation } from "./function.ts";
import { HISTOGRAM_FRACTION } from "./histogram_fraction.ts";
import { HISTOGRAM_QUANTILES } from "./histogram_quantile.ts";
import { INSTANT_RATES } from "./instant_rates.ts";
import { INTEGRAL } from "./integral.ts";
import { LABELS } from "./labels.ts";
import { MATH } from "./math.ts";
import { NATIVE_HISTOGRAMS } from "./native_histograms.ts";
import { OVER_TIME } from "./over_time.ts";
import { RATES } from "./rates.ts";
import { REGRESSION } from "./regression.ts";
import { RESETS } from "./resets.ts";
import { ROUNDING } from "./rounding.ts";
import { SCALARS } from "./scalars.ts";
import { SORTING } from "./sorting.ts";
import { SPREAD } from "./spread.ts";

export type { FunctionImplementation };

/** Those that need the selector itself, or the query. */
const FROM_EVALUATOR: readonly [string, FunctionImplementation][] = [
  "info",
  "timestamp",
  "start_timestamp",
  "start",
  "end",
  "range",
  "step",
].map((name) => [name, { kind: "evaluator" }]);

/** How each function is run, by its name. Names and types are in `signatures.ts`. */
export const FUNCTIONS: ReadonlyMap<string, FunctionImplementation> = new Map<
  string,
  FunctionImplementation
>([
  ...ABSENCE,
  ...DATES,
  ...EXTREMES,
  ...HISTOGRAM_FRACTION,
  ...HISTOGRAM_QUANTILES,
  ...INSTANT_RATES,
  ...INTEGRAL,
  ...LABELS,
  ...MATH,
  ...NATIVE_HISTOGRAMS,
  ...OVER_TIME,
  ...RATES,
  ...REGRESSION,
  ...RESETS,
  ...ROUNDING,
  ...SCALARS,
  ...SORTING,
  ...SPREAD,
  ...FROM_EVALUATOR,
]);
