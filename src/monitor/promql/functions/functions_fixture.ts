import { type FloatHistogram, parseHistogramNotation } from "../../histogram/mod.ts";
import { Labels } from "../../labels.ts";
import { Pace } from "../../pace.ts";
import type { Samples } from "../../samples.ts";
import type { Expression } from "../ast.ts";
import { FLOAT, HISTOGRAM, type Steps, type StepSeries } from "../value.ts";
import type { FunctionValue, RangeWindow, VectorCall } from "./function.ts";
import { FUNCTIONS } from "./mod.ts";

/** A sample: seconds, and a number or a histogram. */
export type TestSample = readonly [time: number, value: number | FloatHistogram];

/** What a function is given beside samples; times in seconds. */
export interface RangeOptions {
  /** The end of the range; by default the time of the last sample. */
  readonly end?: number;
  /** The length of the range; by default from just before the first sample. */
  readonly range?: number;
  readonly time?: number;
  readonly labels?: Labels;
  readonly scalars?: readonly number[];
  readonly starts?: readonly number[];
  readonly extension?: "anchored" | "smoothed";
  readonly lookback?: number;
}

/** What a function gave and said. */
export interface Outcome {
  readonly value: FunctionValue;
  readonly warnings: readonly string[];
  readonly infos: readonly string[];
}

/** Samples every ten seconds from zero on; undefined leaves one out. */
export function every10s(
  ...values: readonly (number | FloatHistogram | undefined)[]
): TestSample[] {
  return values.flatMap((value, i) => value === undefined ? [] : [[i * 10, value]]);
}

/** A histogram in the notation of Prometheus' tests, without the braces. */
export function histogram(notation: string): FloatHistogram {
  return parseHistogramNotation(`{{${notation}}}`).histogram;
}

/** Runs a function over the samples of one series. */
export function overRange(
  name: string,
  samples: readonly TestSample[],
  options: RangeOptions = {},
): Outcome {
  const implementation = FUNCTIONS.get(name);
  if (implementation?.kind !== "range") throw new TypeError(`${name}() takes no range`);
  const notes = new Notes();
  const window = { ...rangeWindow(samples, options), ...notes.functions };
  return { value: implementation.evaluate(window), warnings: notes.warnings, infos: notes.infos };
}

function rangeWindow(
  samples: readonly TestSample[],
  { end, range, time, labels, scalars, starts, extension, lookback }: RangeOptions,
): Omit<RangeWindow, "warn" | "info"> {
  const last = end ?? samples.at(-1)?.[0] ?? 0;
  const rangeEnd = last * 1000;
  const rangeStart = rangeEnd - (range ?? last - (samples[0]?.[0] ?? 0) + 1) * 1000;
  const columns = columnsOf(samples, starts);
  return {
    labels: labels ?? Labels.from({ __name__: "metric" }),
    samples: columns,
    from: columns.times.filter((time) => time <= rangeStart).length,
    to: columns.times.filter((time) => time <= rangeEnd).length,
    rangeStart,
    rangeEnd,
    time: (time ?? last) * 1000,
    extension,
    scalars: scalars ?? [],
    ...(lookback === undefined ? {} : { lookback: lookback * 1000 }),
  };
}

function columnsOf(samples: readonly TestSample[], starts?: readonly number[]): Samples {
  const histograms = samples.map(([, value]) => typeof value === "number" ? undefined : value);
  return {
    times: Float64Array.from(samples, ([time]) => time * 1000),
    values: Float64Array.from(samples, ([, value]) => typeof value === "number" ? value : NaN),
    ...(histograms.some((one) => one !== undefined) ? { histograms } : {}),
    ...(starts === undefined ? {} : { starts: Float64Array.from(starts, (time) => time * 1000) }),
  };
}

/** Collects what a function says, each message once. */
class Notes {
  readonly #warnings = new Set<string>();
  readonly #infos = new Set<string>();

  get warnings(): string[] {
    return [...this.#warnings];
  }

  get infos(): string[] {
    return [...this.#infos];
  }

  get functions(): Pick<RangeWindow, "warn" | "info"> {
    return {
      warn: (message) => this.#warnings.add(message),
      info: (message) => this.#infos.add(message),
    };
  }
}

/** A series of a vector; undefined is a step without a value. */
export function seriesOf(
  labels: Readonly<Record<string, string>>,
  ...values: readonly (number | FloatHistogram | undefined)[]
): StepSeries {
  const histograms = values.map((value) => typeof value === "object" ? value : undefined);
  return {
    labels: Labels.from(labels),
    present: Uint8Array.from(
      values,
      (value) => value === undefined ? 0 : typeof value === "number" ? FLOAT : HISTOGRAM,
    ),
    values: Float64Array.from(values, (value) => typeof value === "number" ? value : NaN),
    dropName: false,
    ...(histograms.some((one) => one !== undefined) ? { histograms } : {}),
  };
}

/** An argument of a call: a vector, a scalar (for all steps, or one a step) or a string. */
export type TestArgument = readonly StepSeries[] | number | Float64Array | string;

/** What a function over whole vectors gave and said: values by labels, undefined where there is none. */
interface VectorOutcome {
  readonly series: readonly StepSeries[];
  readonly values: Readonly<Record<string, readonly (number | FloatHistogram | undefined)[]>>;
  readonly warnings: readonly string[];
  readonly infos: readonly string[];
}

/** Runs a function over whole vectors; steps are a minute apart, from zero on. */
export async function overVectors(
  name: string,
  args: readonly TestArgument[],
  { delayedNameRemoval = false, count }: { delayedNameRemoval?: boolean; count?: number } = {},
): Promise<VectorOutcome> {
  const implementation = FUNCTIONS.get(name);
  if (implementation?.kind !== "vector") throw new TypeError(`${name}() takes no vectors`);
  const notes = new Notes();
  const call = vectorCall(args, { delayedNameRemoval, count: count ?? countOf(args), notes });
  const series = await implementation.evaluate(call);
  const values = Object.fromEntries(series.map((one) => [
    one.labels.toString(),
    Array.from(one.present, (kind, step) => {
      if (kind === 0) return undefined;
      return kind === FLOAT ? one.values[step] : one.histograms?.[step];
    }),
  ]));
  return { series, values, warnings: notes.warnings, infos: notes.infos };
}

function countOf(args: readonly TestArgument[]): number {
  for (const arg of args) {
    if (arg instanceof Float64Array) return arg.length;
    if (typeof arg === "object" && arg[0] !== undefined) return arg[0].present.length;
  }
  return 1;
}

function vectorCall(
  args: readonly TestArgument[],
  { delayedNameRemoval, count, notes }: {
    readonly delayedNameRemoval: boolean;
    readonly count: number;
    readonly notes: Notes;
  },
): VectorCall {
  const steps: Steps = { start: 0, end: (count - 1) * 60_000, count, step: 60_000 };
  return {
    steps,
    delayedNameRemoval,
    pace: new Pace(),
    arguments: args.map(expressionOf),
    string: (index) => String(args[index]),
    scalar: (index) => {
      const given = args[index];
      return given instanceof Float64Array ? given : new Float64Array(count).fill(Number(given));
    },
    vector: (index) => {
      const given = args[index];
      return given instanceof Float64Array || typeof given !== "object" ? [] : given;
    },
    ...notes.functions,
  };
}

function expressionOf(arg: TestArgument): Expression {
  const position = { from: 0, to: 0 };
  if (typeof arg === "string") return { kind: "string", value: arg, ...position };
  if (typeof arg === "number") return { kind: "number", value: arg, ...position };
  return { kind: "selector", name: "metric", matchers: [], ...position };
}
