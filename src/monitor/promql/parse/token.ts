import { quote } from "../print/quote.ts";

/** Aggregations that take a parameter before the vector. */
export const PARAMETERIZED = [
  "bottomk",
  "count_values",
  "limit_ratio",
  "limitk",
  "quantile",
  "topk",
];

export const AGGREGATORS: ReadonlySet<string> = new Set([
  ...["avg", "count", "group", "max", "min", "stddev", "stdvar", "sum"],
  ...PARAMETERIZED,
]);

/** Words that are operators between expressions. */
const WORD_OPERATORS = ["and", "or", "unless", "atan2"];

/** Words around operators, aggregations and selectors. */
const MODIFIERS = [
  ...["anchored", "bool", "by", "fill", "fill_left", "fill_right", "group_left", "group_right"],
  ...["ignoring", "offset", "on", "smoothed", "without"],
];

/** Words with a meaning in durations, and after `@`. */
export const DURATION_WORDS: ReadonlySet<string> = new Set(["max_of", "min_of", "range", "step"]);
const PREPROCESSORS = ["start", "end", ...DURATION_WORDS];

/** All words that are no mere names, in lower case; PromQL takes them in any case. */
export const KEYWORDS: ReadonlySet<string> = new Set([
  ...AGGREGATORS,
  ...WORD_OPERATORS,
  ...MODIFIERS,
  ...PREPROCESSORS,
]);

/** Keywords that cannot be a metric's name. */
const NO_METRIC: ReadonlySet<string> = new Set(
  ["bool", "on", "ignoring", "group_left", "group_right", "atan2"],
);

const OPERATORS: ReadonlySet<string> = new Set([
  ...["+", "-", "*", "/", "%", "^", "==", "!=", "=~", "!~", "<", "<=", ">", ">=", "</", ">/", "@"],
  ...WORD_OPERATORS,
]);

const KINDS: Readonly<Record<string, string>> = {
  identifier: "identifier",
  metric: "metric identifier",
  string: "string",
  number: "number",
  duration: "duration",
};

/** A piece of a query. */
export interface Token {
  /** A key of `KINDS`, "eof", a keyword in lower case, or the sign itself. */
  readonly kind: string;
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/** Whether a token can be a metric's name. */
export function isMetricName({ kind }: Token): boolean {
  return kind === "identifier" || kind === "metric" ||
    (KEYWORDS.has(kind) && !NO_METRIC.has(kind));
}

/** Whether an expression can begin with a token. */
export function startsExpression(token: Token): boolean {
  return isMetricName(token) ||
    ["number", "duration", "string", "(", "{", "+", "-"].includes(token.kind);
}

/** A token as error messages of Prometheus call it. */
export function describeToken({ kind, text }: Token): string {
  if (kind === "eof") return "end of input";
  const name = KINDS[kind];
  if (name !== undefined) {
    return `${name} ${kind === "identifier" || kind === "metric" ? quote(text) : shortened(text)}`;
  }
  if (MODIFIERS.includes(kind)) return `<${text}>`;
  if (OPERATORS.has(kind)) return `<op:${text}>`;
  return AGGREGATORS.has(kind) ? `<aggr:${text}>` : shortened(text);
}

function shortened(text: string): string {
  const characters = [...text];
  return new TextEncoder().encode(text).length > 10
    ? `${quote(characters.slice(0, 10).join(""))}...`
    : quote(text);
}
