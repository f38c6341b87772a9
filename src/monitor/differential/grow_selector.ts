/** Random selectors. */
import type { SeededRandom } from "../../testing/fuzz.ts";
import { choose, type Growth, oneIn, some } from "./growth.ts";

const RANGES = ["15s", "30s", "1m", "2m30s", "5m", "5m", "10m", "20m", "1h"];
const RANGE_EXPRESSIONS = ["5m + 1m", "2 * 1m", "max_of(1m, 90s)", "step() + 5m", "10m / 4"];
const OFFSETS = ["15s", "1m", "7m", "-1m", "-30s", "1h", "0s"];

/** `requests_total{code=~"2.."} offset 1m`. */
export function growSelector(growth: Growth): string {
  return growMatchers(growth) + growModifiers(growth);
}

/** `requests_total[5m] @ end()`. */
export function growRange(growth: Growth): string {
  const { random, isExperimental } = growth;
  const isSpecial = isExperimental && oneIn(random, 8);
  const range = random.pick(isSpecial ? RANGE_EXPRESSIONS : RANGES);
  const extension = isSpecial ? random.pick(["", " anchored", " smoothed"]) : "";
  return `${growMatchers(growth)}[${range}]${extension}${growModifiers(growth)}`;
}

/** The brackets of a subquery, with or without a step, and its modifiers. */
export function growSubqueryRange(growth: Growth): string {
  const { random } = growth;
  const step = random.pick(["", "30s", "1m", "45s", "2m", "7s"]);
  const range = random.pick(["1m", "3m", "5m", "10m", "25m"]);
  return `[${range}:${step}]${growModifiers(growth)}`;
}

function growMatchers({ random, metrics }: Growth): string {
  const name = random.pick([...metrics.keys()]);
  const labels = metrics.get(name) ?? new Map<string, string[]>();
  const names = oneIn(random, 8) ? ["absent"] : [...labels.keys()];
  const matchers = some(random, names, oneIn(random, 2) ? 0 : 2)
    .map((label) => growMatcher(random, label, labels.get(label) ?? []));
  if (oneIn(random, 12)) {
    const pattern = random.pick([name, `${name.slice(0, 3)}.*`, `${name}|up`]);
    return `{${[`__name__=~"${pattern}"`, ...matchers].join(", ")}}`;
  }
  return matchers.length === 0 ? name : `${name}{${matchers.join(", ")}}`;
}

function growMatcher(random: SeededRandom, label: string, values: readonly string[]): string {
  const value = oneIn(random, 6) ? random.pick(["none", ""]) : random.pick([...values, ""]);
  const operator = random.pick(["=", "!=", "=~", "=~", "!~"]);
  if (!operator.includes("~")) return `${label}${operator}${JSON.stringify(value)}`;
  const pattern = choose(random, [
    [2, `${value}|${random.pick([...values, ""])}`],
    [1, ".*"],
    [1, ".+"],
    [1, `${value.slice(0, 1)}.*`],
    [1, `.*${value.slice(-1)}`],
    [1, value],
    [1, `(?i:${value.toUpperCase()})`],
    [1, "[a-t0-3].+"],
  ]);
  return `${label}${operator}${JSON.stringify(pattern)}`;
}

/** `offset` and `@`, in either order. */
function growModifiers({ random, start, end }: Growth): string {
  const modifiers: string[] = [];
  if (oneIn(random, 6)) modifiers.push(` offset ${random.pick(OFFSETS)}`);
  if (oneIn(random, 8)) {
    const time = start + random.below(end - start);
    modifiers.push(` @ ${random.pick([String(time / 1000), "start()", "end()"])}`);
  }
  return (oneIn(random, 2) ? modifiers : modifiers.reverse()).join("");
}
