import type { Call } from "../ast.ts";
import type { FunctionImplementation } from "../functions/function.ts";
import { FUNCTIONS } from "../functions/mod.ts";
import type { Steps, StepSeries } from "../value.ts";
import type { Evaluator } from "./evaluator.ts";
import { infoCall } from "./info.ts";
import { mergeSameLabels } from "./names.ts";
import { absentOverTime, rangeCall } from "./range_calls.ts";
import { holdResult } from "./sample_budget.ts";
import { sampleCall } from "./sample_call.ts";
import { timestampCall } from "./timestamp_call.ts";
import { VectorArguments } from "./vector_arguments.ts";

/** Runs a function that gives a vector. */
export async function vectorCall(
  evaluator: Evaluator,
  call: Call,
  steps: Steps,
): Promise<readonly StepSeries[]> {
  const implementation = implementationOf(call);
  switch (implementation.kind) {
    case "range":
      return await rangeCall(evaluator, call, implementation, steps);
    case "number":
    case "sample":
      return await sampleCall(evaluator, call, implementation, steps);
    case "vector": {
      const held = evaluator.samples.current;
      const run = await VectorArguments.of(evaluator, call, steps);
      const series = await implementation.evaluate(run);
      await holdResult(evaluator.samples, held, series, evaluator.pace);
      return await mergeSameLabels(series, evaluator.pace);
    }
    case "evaluator":
      return await evaluatorCall(evaluator, call, steps);
    case "scalar":
      throw new TypeError(`${call.name}() gives no vector`);
  }
}

/** Runs a function that gives a scalar. */
export async function scalarCall(
  evaluator: Evaluator,
  call: Call,
  steps: Steps,
): Promise<Float64Array> {
  const implementation = implementationOf(call);
  if (implementation.kind !== "scalar") throw new TypeError(`${call.name}() gives no scalar`);
  return await implementation.evaluate(await VectorArguments.of(evaluator, call, steps));
}

function implementationOf(call: Call): FunctionImplementation {
  const implementation = FUNCTIONS.get(call.name);
  if (implementation === undefined) throw new TypeError(`there is no function ${call.name}()`);
  return implementation;
}

function evaluatorCall(
  evaluator: Evaluator,
  call: Call,
  steps: Steps,
): Promise<readonly StepSeries[]> {
  switch (call.name) {
    case "absent_over_time":
      return absentOverTime(evaluator, call, steps);
    case "info":
      return infoCall(evaluator, call, steps);
    case "timestamp":
    case "start_timestamp":
      return timestampCall(evaluator, call, steps);
    default:
      throw new TypeError(`the evaluator does not know ${call.name}()`);
  }
}
