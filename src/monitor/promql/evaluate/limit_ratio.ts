import type { Aggregation } from "../ast.ts";
import { QueryError } from "../errors.ts";
import { formatCompactFloat } from "../../format_float.ts";
import { inStretches, STRETCH } from "../../stretches.ts";
import type { StepSeries } from "../value.ts";
import type { Evaluator } from "./evaluator.ts";
import { extentOf } from "./extent.ts";
import { hashLabels } from "./label_hash.ts";
import { SeriesChoice } from "./series_choice.ts";

/**
 * `limit_ratio`: the share of the series that the ratio asks for, always the same ones since their
 * labels decide. A negative ratio gives those that its complement leaves.
 */
export async function limitRatio(
  evaluator: Evaluator,
  { parameter, expression }: Aggregation,
  series: readonly StepSeries[],
  ratios: Float64Array,
): Promise<readonly StepSeries[]> {
  const { lowest, highest } = await extentOf(ratios, evaluator.pace);
  if (lowest === 0 && highest === 0) return [];
  if (Number.isNaN(highest)) throw new QueryError("execution", "Ratio value is NaN");
  const warn = (ratio: number, limit: number) =>
    evaluator.annotations.warn(
      `ratio value should be between -1 and 1, got ${
        formatCompactFloat(ratio)
      }, capping to ${limit}`,
      parameter ?? expression,
    );
  if (highest > 1) warn(highest, 1);
  if (lowest < -1) warn(lowest, -1);
  const choice = new SeriesChoice(ratios.length);
  for (const member of series) {
    const place = Number(hashLabels(member.labels)) / 2 ** 64;
    await inStretches(ratios.length, STRETCH, evaluator.pace, (from, to) => {
      for (let step = from; step < to; step++) {
        const ratio = Math.max(-1, Math.min(1, ratios[step] as number));
        if (member.present[step] === 0 || ratio === 0) continue;
        if (ratio > 0 ? place < ratio : place >= 1 + ratio) choice.take(member, step);
      }
    });
    if (evaluator.pace.due()) await evaluator.pace.giveWay();
  }
  return choice.result();
}
