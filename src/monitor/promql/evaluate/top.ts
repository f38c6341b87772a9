import type { Aggregation } from "../ast.ts";
import { QueryError } from "../errors.ts";
import { formatCompactFloat } from "../../format_float.ts";
import { FLOAT, type StepSeries } from "../value.ts";
import { histogramIgnored } from "./aggregator.ts";
import type { Evaluator } from "./evaluator.ts";
import { groupSeries } from "./grouping.ts";
import { Ranking } from "./ranking.ts";
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
  if (!checkLimits(limits)) return [];
  const { operator, grouping } = aggregation;
  const { pace, annotations } = evaluator;
  const choice = new SeriesChoice(limits.length);
  const groups = await groupSeries(series, grouping, pace);
  for (const { members } of groups) {
    if (operator !== "limitk" && members.some(({ present }) => present.includes(2))) {
      annotations.info(histogramIgnored(operator), aggregation);
    }
    for (let step = 0; step < limits.length; step++) {
      const limit = Math.min(Math.trunc(limits[step] as number), series.length);
      if (limit < 1) continue;
      const chosen = operator === "limitk"
        ? firstWithValues(members, step, limit)
        : bestOf(members, step, limit, operator === "bottomk" ? -1 : 1);
      for (const member of chosen) choice.take(member, step);
      if (pace.due(4)) await pace.giveWay();
    }
  }
  return choice.result();
}

/** False where no step has anything to choose. */
function checkLimits(limits: Float64Array): boolean {
  const highest = limits.reduce((a, b) => Math.max(a, b), -Infinity);
  const lowest = limits.reduce((a, b) => Math.min(a, b), Infinity);
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
function bestOf(
  members: readonly StepSeries[],
  step: number,
  limit: number,
  sign: 1 | -1,
): StepSeries[] {
  const ranking = new Ranking(limit);
  for (const member of members) {
    if (member.present[step] === FLOAT) {
      ranking.offer(member, sign * (member.values[step] as number));
    }
  }
  return ranking.best();
}
