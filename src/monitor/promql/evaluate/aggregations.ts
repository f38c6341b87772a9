import { formatCompactFloat } from "../../format_float.ts";
import { invalidQuantile } from "../functions/messages.ts";
import { inStretches } from "../../stretches.ts";
import type { Aggregation } from "../ast.ts";
import type { Steps, StepSeries } from "../value.ts";
import type { AggregationNotes, Aggregator } from "./aggregator.ts";
import { countValues } from "./count_values.ts";
import type { Evaluator } from "./evaluator.ts";
import { type Extent, extentOf } from "./extent.ts";
import { groupSeries } from "./grouping.ts";
import { Count, Deviation, Extreme, Quantile } from "./plain_aggregators.ts";
import { holdResult } from "./sample_budget.ts";
import { draftSeries, hasValues, stretchOf } from "./steps.ts";
import { Average, Sum } from "./sum_aggregators.ts";
import { limitRatio } from "./limit_ratio.ts";
import { topOrLimit } from "./top.ts";

/** An operator over the series of a vector. */
export async function aggregate(
  evaluator: Evaluator,
  aggregation: Aggregation,
  steps: Steps,
): Promise<readonly StepSeries[]> {
  const held = evaluator.samples.current;
  const result = await run(evaluator, aggregation, steps);
  evaluator.samples.releaseTo(held);
  await holdResult(evaluator.samples, held, result, evaluator.pace);
  return result;
}

async function run(
  evaluator: Evaluator,
  aggregation: Aggregation,
  steps: Steps,
): Promise<readonly StepSeries[]> {
  const { pace } = evaluator;
  const { expression, operator, parameter } = aggregation;
  if (operator === "count_values") return await countValues(evaluator, aggregation, steps);
  const parameters = parameter === undefined
    ? new Float64Array(steps.count)
    : await evaluator.scalar(parameter, steps);
  const series = await evaluator.vector(expression, steps);
  switch (operator) {
    case "topk":
    case "bottomk":
    case "limitk":
      return await topOrLimit(evaluator, aggregation, series, parameters);
    case "limit_ratio":
      return await limitRatio(evaluator, aggregation, series, parameters);
    case "quantile":
      warnOfQuantiles(evaluator, aggregation, await extentOf(parameters, pace));
  }
  const notes: AggregationNotes = {
    warn: (message) => evaluator.annotations.warn(message, expression),
    info: (message) => evaluator.annotations.info(message, expression),
  };
  const result: StepSeries[] = [];
  for (const { labels, members } of await groupSeries(series, aggregation.grouping, pace)) {
    const aggregator = aggregatorOf(operator, parameters, notes);
    for (const member of members) {
      const rest = inStretches(
        steps.count,
        stretchOf(member),
        pace,
        (from, to) => aggregator.add(member, from, to),
      );
      if (rest !== undefined) await rest;
      if (pace.due(4)) await pace.giveWay();
    }
    const dropName = members.some((member) => member.dropName);
    const draft = draftSeries(labels, steps.count, dropName);
    await inStretches(
      steps.count,
      aggregator.stretch,
      pace,
      (from, to) => aggregator.finish(draft, from, to),
    );
    if (hasValues(draft)) result.push(draft);
  }
  return result;
}

function aggregatorOf(
  operator: Exclude<
    Aggregation["operator"],
    "topk" | "bottomk" | "limitk" | "limit_ratio" | "count_values"
  >,
  parameters: Float64Array,
  notes: AggregationNotes,
): Aggregator {
  const stepCount = parameters.length;
  switch (operator) {
    case "sum":
      return new Sum(stepCount, notes);
    case "avg":
      return new Average(stepCount, notes);
    case "min":
    case "max":
      return new Extreme(operator, stepCount, notes);
    case "count":
    case "group":
      return new Count(operator, stepCount);
    case "stddev":
    case "stdvar":
      return new Deviation(operator, stepCount, notes);
    case "quantile":
      return new Quantile(parameters, notes);
  }
}

function warnOfQuantiles(
  { annotations }: Evaluator,
  { parameter, expression }: Aggregation,
  { lowest, highest }: Extent,
): void {
  const place = parameter ?? expression;
  const warn = (quantile: number) =>
    annotations.warn(invalidQuantile(formatCompactFloat(quantile)), place);
  if (Number.isNaN(highest)) warn(NaN);
  if (highest > 1) warn(highest);
  if (lowest < 0) warn(lowest);
}
