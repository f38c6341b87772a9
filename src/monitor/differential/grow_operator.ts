/** Random operators with a vector on one side at least. */
import { growExpression } from "./grow_expression.ts";
import { choose, type Growth, oneIn, some } from "./growth.ts";

const ARITHMETIC = ["+", "-", "*", "/", "%", "^", "atan2"];
const COMPARISONS = ["==", "!=", ">", "<", ">=", "<="];
const SETS = ["and", "or", "unless"];

/** `a / on(job) group_left b`, `a > bool 1` and so on, in parentheses. */
export function growVectorOperator(growth: Growth, depth: number): string {
  const { random } = growth;
  const vector = () => growExpression(growth, "vector", depth - 1);
  const scalar = () => growExpression(growth, "scalar", Math.min(1, depth - 1));
  return choose<() => string>(random, [
    [3, () => `(${vector()} ${growOperator(growth)} ${scalar()})`],
    [2, () => `(${scalar()} ${growOperator(growth)} ${vector()})`],
    [2, () => `(${vector()} ${random.pick(SETS)}${growMatching(growth)} ${vector()})`],
    [4, () => growPaired(growth, vector)],
  ])();
}

/** Sides that share labels, so that some of them find each other. */
function growPaired(growth: Growth, vector: () => string): string {
  const { random } = growth;
  const operator = growOperator(growth);
  const left = vector();
  const labels = some(random, LABELS, 2).join(", ");
  return choose<() => string>(random, [
    [2, () => `(${left} ${operator} ${left})`],
    [2, () => `(${left} ${operator}${growMatching(growth)}${growFill(growth)} ${vector()})`],
    [2, () => {
      const by = random.pick(LABELS);
      const group = random.pick(["group_left", "group_left()", `group_left(${labels})`]);
      return `(${left} ${operator} on(${by}) ${group} sum by (${by}) (${vector()}))`;
    }],
    [1, () => {
      const by = random.pick(LABELS);
      return `(max by (${by}) (${vector()}) ${operator} on(${by}) group_right(${labels}) ${left})`;
    }],
    [1, () => `(sum(${left}) ${operator} sum(${vector()}))`],
  ])();
}

/** Labels that sides are matched and grouped by. */
export const LABELS: readonly string[] = ["job", "instance", "code", "le", "none", "__name__"];

function growOperator({ random }: Growth): string {
  if (oneIn(random, 2)) return random.pick(ARITHMETIC);
  return random.pick(COMPARISONS) + (oneIn(random, 3) ? " bool" : "");
}

function growFill({ random, isExperimental }: Growth): string {
  if (!isExperimental || !oneIn(random, 3)) return "";
  return random.pick([
    " fill(0)",
    " fill_left(1)",
    " fill_right(-2)",
    " fill_left(1) fill_right(2)",
  ]);
}

function growMatching({ random }: Growth): string {
  const labels = some(random, LABELS, 3).join(", ");
  return random.pick(["", ` on(${labels})`, ` ignoring(${labels})`]);
}
