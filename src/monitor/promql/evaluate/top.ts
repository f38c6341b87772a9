import type { Aggregation } from "../ast.ts";
import { QueryError } from "../errors.ts";
import { formatCompactFloat } from "../../format_float.ts";
import { FLOAT, type StepSeries } from "../value.ts";
import type { Pace } from "../../pace.ts";
import { histogramIgnored } from "./aggregator.ts";
import type { Evaluator } from "./evaluator.ts";
import { groupSeries } from "./grouping.ts";
import { type Extent, extentOf } from "./extent.ts";
import { Ranking } from "./ranking.ts";
import { hasHistograms } from "./steps.ts";
import { SeriesChoice } from "./series_choice.ts";

/** The largest number below 2^63 that Prometheus takes for k. */
const LARGEST_K = 9223372036854774784;

/** `topk`, `bottomk`, and `limitk`, which takes any series: of each group as many as k says at a step. */
export async function topOrLimit(
  evaluator: Evaluator,
  aggregation: Aggregation,
  series: readonly StepSeries[],
  limits: Float64Array,
): Promise<readonly StepSeries[]> {
  if (!checkLimits(await extentOf(limits, evaluator.pace))) return [];
  const { operator, grouping } = aggregation;
  const { pace, annotations } = evaluator;
  const choice = new SeriesChoice(limits.length);
  const groups = await groupSeries(series, grouping, pace);
  for (const { members } of groups) {
    if (operator !== "limitk" && members.some(hasHistograms)) {
      annotations.info(histogramIgnored(operator), aggregation);
    }
    for (let step = 0; step < limits.length; step++) {
      const limit = Math.min(Math.trunc(limits[step] as number), series.length);
      if (limit < 1) continue;
      const chosen = operator === "limitk"
        ? firstWithValues(members, step, limit)
        : await bestOf(members, step, limit, operator === "bottomk" ? -1 : 1, pace);
      for (const member of chosen) {
        choice.take(member, step);
        if (pace.due(1024)) await pace.giveWay();
      }
      if (pace.due(4)) await pace.giveWay();
    }
  }
  return choice.result();
}

/** False where no step has anything to choose. */
function checkLimits({ lowest, highest }: Extent): boolean {
  if (highest < 1) return false;
  if (Number.isNaN(highest)) throw new QueryError("execution", "Parameter value is NaN");
  if (lowest <= -(2 ** 63)) {
    throw new QueryError(
      "execution",
      `Scalar value ${formatCompactFloat(lowest)} underflows int64`,
    );
  }
  if (highest >= LARGEST_K) {
    throw new QueryError(
      "execution",
      `Scalar value ${formatCompactFloat(highest)} overflows int64`,
    );
  }
  return true;
}

function firstWithValues(
  members: readonly StepSeries[],
  step: number,
  limit: number,
): StepSeries[] {
  const chosen: StepSeries[] = [];
  for (const member of members) {
    if (member.present[step] === 0) continue;
    chosen.push(member);
    if (chosen.length === limit) break;
  }
  return chosen;
}

/** The values of a step that are ahead of the others, the best first. */
async function bestOf(
  members: readonly StepSeries[],
  step: number,
  limit: number,
  sign: 1 | -1,
  pace: Pace,
): Promise<StepSeries[]> {
  const ranking = new Ranking(limit);
  for (const member of members) {
    if (member.present[step] === FLOAT) {
      ranking.offer(member, sign * (member.values[step] as number));
    }
    if (pace.due(1024)) await pace.giveWay();
  }
  return await ranking.best(pace);
}
