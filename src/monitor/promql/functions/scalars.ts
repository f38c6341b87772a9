/** Functions that give a scalar, and `vector`, which makes one a vector. */
import { inStretches, STRETCH } from "../../stretches.ts";
import { numberSeries, timesOf } from "../evaluate/steps.ts";
import { FLOAT } from "../value.ts";
import type { FunctionImplementation, VectorCall } from "./function.ts";
import { maxOf, minOf } from "./math.ts";

export const SCALARS: ReadonlyMap<string, FunctionImplementation> = new Map<
  string,
  FunctionImplementation
>([
  ["time", { kind: "scalar", evaluate: ({ steps, pace }) => timesOf(steps, pace) }],
  ["pi", { kind: "scalar", evaluate: (call) => everywhere(call, Math.PI) }],
  ["scalar", { kind: "scalar", evaluate: onlyNumber }],
  ["min_of", { kind: "scalar", evaluate: (call) => ofTwo(call, minOf) }],
  ["max_of", { kind: "scalar", evaluate: (call) => ofTwo(call, maxOf) }],
  ["vector", { kind: "vector", evaluate: (call) => [numberSeries(call.scalar(0))] }],
]);

function everywhere({ steps }: VectorCall, value: number): Float64Array {
  return new Float64Array(steps.count).fill(value);
}

async function ofTwo(
  call: VectorCall,
  choose: (a: number, b: number) => number,
): Promise<Float64Array> {
  const left = call.scalar(0);
  const right = call.scalar(1);
  const result = new Float64Array(left.length);
  await inStretches(left.length, STRETCH, call.pace, (from, to) => {
    for (let i = from; i < to; i++) result[i] = choose(left[i] ?? NaN, right[i] ?? NaN);
  });
  return result;
}

/** The number of a vector that has one, else NaN; histograms do not count. */
async function onlyNumber(call: VectorCall): Promise<Float64Array> {
  const values = everywhere(call, NaN);
  const found = new Uint8Array(values.length);
  for (const series of call.vector(0)) {
    await inStretches(values.length, STRETCH, call.pace, (from, to) => {
      for (let i = from; i < to; i++) {
        if (series.present[i] !== FLOAT) continue;
        values[i] = found[i] === 0 ? series.values[i] ?? NaN : NaN;
        found[i] = 1;
      }
    });
    if (call.pace.due(64)) await call.pace.giveWay();
  }
  return values;
}
