import { type Labels, METRIC_NAME } from "../../labels.ts";
import type { Matcher } from "../../samples.ts";
import type { Call, Duration, Expression, VectorSelector } from "../ast.ts";
import { valueType } from "../parse/mod.ts";
import type { StepSeries } from "../value.ts";
import { childrenOf } from "./children.ts";
import { milliseconds } from "./durations.ts";

/** Labels by which info series and others know that they are of the same target. */
export const IDENTIFYING_LABELS: readonly string[] = ["instance", "job"];

/** Which info series a call of `info()` looks for, and when. */
export interface InfoSelection extends Pick<VectorSelector, "kind" | "name" | "from" | "to"> {
  /** Undefined where no series has anything to be found by. */
  readonly matchers: readonly Matcher[] | undefined;
  /** What was asked of labels other than the name. */
  readonly dataMatchers: readonly Matcher[];
  readonly at?: number;
  readonly offset?: Duration;
  /** Whether a series is an info series itself, and so is left as it is. */
  isInfo(labels: Labels): boolean;
}

/** What the arguments of a call ask for, given the series of its first. */
export function infoSelection(call: Call, base: readonly StepSeries[]): InfoSelection {
  const { from, to } = call;
  const [vector, selector] = call.arguments;
  const asked = selector?.kind === "selector" ? selector.matchers : [];
  const dataMatchers = asked.filter(({ name }) => name !== METRIC_NAME);
  const nameMatchers = effectiveNameMatchers(asked.filter(({ name }) => name === METRIC_NAME));
  const isInfo = (labels: Labels) =>
    nameMatchers.every((matcher) => matcher.matches(labels.metricName));
  const identifying = identifyingMatchers(base.filter(({ labels }) => !isInfo(labels)));
  return {
    kind: "selector",
    name: "",
    from,
    to,
    ...(vector === undefined ? {} : referenceTime(vector)),
    matchers: identifying.length === 0
      ? undefined
      : [...identifying, ...dataMatchers, ...nameMatchers],
    dataMatchers,
    isInfo,
  };
}

/** Whether a series has anything that info series can be found by. */
export function isIdentified(labels: Labels): boolean {
  return IDENTIFYING_LABELS.some((name) => labels.has(name));
}

function effectiveNameMatchers(matchers: readonly Matcher[]): readonly Matcher[] {
  if (matchers.some(({ type }) => type === "=" || type === "=~")) return matchers;
  if (matchers.length === 0) {
    return [oneOf(METRIC_NAME, "=", "target_info", (value) => value === "target_info")];
  }
  return [oneOf(METRIC_NAME, "=~", ".+_info", (value) => /^.+_info$/s.test(value)), ...matchers];
}

function identifyingMatchers(base: readonly StepSeries[]): Matcher[] {
  const found = base.filter(({ labels }) => isIdentified(labels));
  if (found.length === 0) return [];
  return IDENTIFYING_LABELS.map((name) => {
    const values = new Set(found.map(({ labels }) => labels.get(name)));
    const pattern = Array.from(values, (value) => value.replace(/[\\.+*?()|[\]{}^$]/g, "\\$&"));
    return oneOf(name, "=~", pattern.join("|"), (value) => values.has(value));
  });
}

function oneOf(
  name: string,
  type: Matcher["type"],
  value: string,
  matches: Matcher["matches"],
): Matcher {
  return { name, type, value, matches };
}

/** A time that is not that of the step. */
interface Reference {
  readonly at?: number;
  readonly offset?: Duration;
}

/**
 * The `@` and offset that all vectors of an expression have in common; where they differ the time of
 * the step is what counts.
 */
function referenceTime(expression: Expression): Reference {
  const references = vectorReferences(expression, []);
  const [first = {}] = references;
  const isSame = ({ at, offset }: Reference) =>
    at === first.at && milliseconds(offset) === milliseconds(first.offset);
  return references.every(isSame) ? first : {};
}

function vectorReferences(
  expression: Expression,
  enclosing: readonly Pick<VectorSelector, "at" | "offset">[],
): Reference[] {
  if (expression.kind === "selector") return [referenceOf([expression, ...enclosing], expression)];
  const inner = expression.kind === "subquery" ? [expression, ...enclosing] : enclosing;
  const isInfo = expression.kind === "call" && expression.name === "info";
  const vectors = childrenOf(expression)
    .slice(0, isInfo ? 1 : undefined)
    .filter((child) => valueType(child) === "vector" || valueType(child) === "matrix");
  // What is made of no vector at all is made at the time of the step.
  return vectors.length === 0 ? [{}] : vectors.flatMap((child) => vectorReferences(child, inner));
}

/** From the inside out, offsets add up until an `@` makes what is further out irrelevant. */
function referenceOf(
  path: readonly Pick<VectorSelector, "at" | "offset">[],
  { from, to }: Expression,
): Reference {
  let ms = 0;
  for (const { at, offset } of path) {
    ms += milliseconds(offset);
    if (typeof at === "number") return { at, offset: { kind: "milliseconds", ms, from, to } };
  }
  return { offset: { kind: "milliseconds", ms, from, to } };
}
