/** Random calls of every function. */
import type { Signature } from "../promql/functions/signature.ts";
import { growExpression } from "./grow_expression.ts";
import type { Growth } from "./growth.ts";

/** A call that gives `type`, with arguments that it can do something with. */
export function growCall(growth: Growth, type: "scalar" | "vector", depth: number): string {
  const one = growth.random.pick(growth.functions.filter(({ returns }) => returns === type));
  const special = SPECIAL.get(one.name);
  const args = special === undefined
    ? growArguments(growth, one, depth)
    : special(growth, (of) => growExpression(growth, of, depth - 1));
  return `${one.name}(${args.join(", ")})`;
}

function growArguments(growth: Growth, signature: Signature, depth: number): string[] {
  const { random } = growth;
  const { arguments: types, variadic } = signature;
  const optional = Math.max(0, variadic);
  const count = types.length -
    (optional > 0 ? random.below(Math.min(optional, types.length) + 1) : 0);
  return types.slice(0, count).map((type) =>
    // A number as an argument is mostly a plain one: an expression is NaN too often.
    growExpression(growth, type, type === "scalar" && random.below(4) > 0 ? 0 : depth - 1)
  );
}

type Grow = (of: "scalar" | "vector" | "matrix") => string;

/** Functions whose arguments must fit the data for there to be a result. */
const SPECIAL = new Map<string, (growth: Growth, grow: Grow) => string[]>([
  ["histogram_quantile", ({ random }, grow) => [
    random.pick(["0.5", "0.9", "0.99", "0", "1", "-1", "2", "NaN"]),
    growHistogram({ random }, grow),
  ]],
  ["histogram_fraction", ({ random }, grow) => [
    random.pick(["0", "-Inf", "0.2", "1"]),
    random.pick(["0.5", "1", "Inf", "-1"]),
    growHistogram({ random }, grow),
  ]],
  ["label_replace", ({ random }, grow) => [
    grow("vector"),
    quote(random.pick(["job", "added", "instance", "__name__"])),
    quote(random.pick(["$1", "x-$1", "", "${name}", "$0", "$2$$"])),
    quote(random.pick(["job", "instance", "code", "none"])),
    quote(random.pick(["(.*)", "(a.*)", "(?P<name>.+):.*", "", "(.)(.*)", "nothing"])),
  ]],
  ["label_join", ({ random }, grow) => [
    grow("vector"),
    quote(random.pick(["job", "added", "instance"])),
    quote(random.pick(["-", "", ", "])),
    ...random.pick([[], ["job"], ["job", "instance"], ["none", "code"]]).map(quote),
  ]],
  [
    "predict_linear",
    ({ random }, grow) => [grow("matrix"), random.pick(["60", "3600", "-10", "0"])],
  ],
  ["quantile_over_time", ({ random }, grow) => [
    random.pick(["0.5", "0.9", "0", "1", "-1", "2"]),
    grow("matrix"),
  ]],
  ["round", ({ random }, grow) => [grow("vector"), random.pick(["0.1", "5", "1", "0.25"])]],
  [
    "sort_by_label",
    ({ random }, grow) => [grow("vector"), quote(random.pick(["job", "instance"]))],
  ],
  [
    "sort_by_label_desc",
    ({ random }, grow) => [grow("vector"), quote(random.pick(["job", "code"]))],
  ],
  ["double_exponential_smoothing", ({ random }, grow) => [
    grow("matrix"),
    random.pick(["0.5", "0.1", "0.9"]),
    random.pick(["0.5", "0.1", "0.9"]),
  ]],
  ["info", ({ random }, grow) => [
    grow("vector"),
    random.pick(['{__name__="build_info"}', '{__name__=~"build.*", version=~"1.*"}']),
  ]],
]);

function growHistogram({ random }: Pick<Growth, "random">, grow: Grow): string {
  return random.pick([
    "latency_seconds_bucket",
    "sum by (le) (rate(latency_seconds_bucket[5m]))",
    "sum by (le, job) (rate(latency_seconds_bucket[1m]))",
    "rate(size_bytes[5m])",
    "custom_seconds",
    grow("vector"),
  ]);
}

function quote(text: string): string {
  return JSON.stringify(text);
}
