/** Functions that give a scalar, and `vector`, which makes one a vector. */
import { Labels } from "../../labels.ts";
import { FLOAT, type StepSeries } from "../value.ts";
import type { FunctionImplementation, VectorCall } from "./function.ts";
import { maxOf, minOf } from "./math.ts";

export const SCALARS: ReadonlyMap<string, FunctionImplementation> = new Map<
  string,
  FunctionImplementation
>([
  ["time", { kind: "scalar", evaluate: times }],
  ["pi", { kind: "scalar", evaluate: (call) => everywhere(call, Math.PI) }],
  ["scalar", { kind: "scalar", evaluate: onlyNumber }],
  ["min_of", { kind: "scalar", evaluate: (call) => ofTwo(call, minOf) }],
  ["max_of", { kind: "scalar", evaluate: (call) => ofTwo(call, maxOf) }],
  ["vector", { kind: "vector", evaluate: (call) => [seriesOf(call.scalar(0))] }],
]);

function times({ steps }: VectorCall): Float64Array {
  return Float64Array.from(
    { length: steps.count },
    (_, i) => (steps.start + i * steps.step) / 1000,
  );
}

function everywhere({ steps }: VectorCall, value: number): Float64Array {
  return new Float64Array(steps.count).fill(value);
}

function ofTwo(call: VectorCall, choose: (a: number, b: number) => number): Float64Array {
  const right = call.scalar(1);
  return call.scalar(0).map((left, i) => choose(left, right[i] ?? NaN));
}

/** The number of a vector that has one, else NaN; histograms do not count. */
function onlyNumber(call: VectorCall): Float64Array {
  const values = everywhere(call, NaN);
  const found = new Uint8Array(values.length);
  for (const series of call.vector(0)) {
    for (let i = 0; i < values.length; i++) {
      if (series.present[i] !== FLOAT) continue;
      values[i] = found[i] === 0 ? series.values[i] ?? NaN : NaN;
      found[i] = 1;
    }
  }
  return values;
}

function seriesOf(values: Float64Array): StepSeries {
  return {
    labels: Labels.EMPTY,
    present: new Uint8Array(values.length).fill(FLOAT),
    values,
    dropName: false,
  };
}
