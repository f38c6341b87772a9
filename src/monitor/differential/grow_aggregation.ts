/** Random aggregations. */
import { growExpression } from "./grow_expression.ts";
import { LABELS } from "./grow_operator.ts";
import { type Growth, oneIn, some } from "./growth.ts";

const PLAIN = ["sum", "min", "max", "avg", "group", "stddev", "stdvar", "count"];

/** `sum by (job) (…)`, with the grouping before or after. */
export function growAggregation(growth: Growth, depth: number): string {
  const { random } = growth;
  const vector = growExpression(growth, "vector", depth - 1);
  const [operator, parameter] = oneIn(random, 3)
    ? growParameter(growth, depth)
    : [random.pick(PLAIN), ""];
  const body = `(${parameter}${vector})`;
  const grouping = growGrouping(growth);
  if (grouping === "") return operator + body;
  return oneIn(random, 2) ? `${operator} ${grouping} ${body}` : `${operator}${body} ${grouping}`;
}

function growParameter(growth: Growth, depth: number): [operator: string, parameter: string] {
  const { random } = growth;
  const scalar = oneIn(random, 4) ? growExpression(growth, "scalar", depth - 1) : undefined;
  if (growth.isExperimental && oneIn(random, 5)) {
    return random.pick([["limitk", "2, "], ["limit_ratio", "0.5, "], ["limit_ratio", "-0.3, "]]);
  }
  const operator = random.pick(["topk", "bottomk", "quantile", "count_values"]);
  if (operator === "count_values") return [operator, `"${random.pick(["value", "job", "le"])}", `];
  const usual = operator === "quantile"
    ? ["0", "0.5", "0.9", "1", "2", "-1"]
    : ["0", "1", "2", "5"];
  return [operator, `${scalar ?? random.pick(usual)}, `];
}

function growGrouping({ random }: Growth): string {
  if (oneIn(random, 3)) return "";
  return `${random.pick(["by", "by", "without"])} (${some(random, LABELS, 3).join(", ")})`;
}
