/**
 * Every metric that an expression names exists, and is used as its kind allows.
 *
 * @module
 */
import { closestWord } from "../../cli/closest.ts";
import { type CatalogueEntry, exposedType } from "../../metrics/catalogue.ts";
import type { Expression } from "../expressions.ts";
import type { Finding } from "../finding.ts";
import { type MetricReference, referencesIn } from "../references.ts";
import type { Schema, Series } from "../series.ts";

const OF_COUNTERS = ["rate", "irate", "increase", "resets"];
/** What may be asked of a counter itself: whether it is there, and how many there are. */
const OF_ALL = ["absent", "absent_over_time", "present_over_time", "count", "group"];

/** Finds what cannot be parsed, metrics that nobody exports, and rates of what is no counter. */
export function checkMetrics(
  expressions: readonly Expression[],
  schema: Schema,
  catalogue: readonly CatalogueEntry[],
): Finding[] {
  return expressions.flatMap(({ kind, where, text, promql }) => {
    const { metrics, errors } = referencesIn(promql);
    const finding = (at: Finding["at"], what: string): Finding => ({
      where,
      what,
      expression: text,
      ...at && { at },
    });
    return [
      ...errors.map((at) => finding(at, "this is not PromQL")),
      ...metrics.flatMap((metric) => {
        const found = seriesOf(metric, schema);
        if (found.length === 0) return finding(metric, unknown(metric, schema, catalogue));
        // A variable reads labels, not values.
        const misused = kind === "variable" ? undefined : misuse(metric, found);
        return misused === undefined ? [] : finding(metric, misused);
      }),
    ];
  });
}

/** The series that a reference means, none when there is none. */
export function seriesOf({ name, isPattern }: MetricReference, schema: Schema): Series[] {
  if (isPattern) {
    const pattern = new RegExp(`^(?:${name})$`);
    return [...schema.values()].filter((one) => pattern.test(one.name));
  }
  const one = schema.get(name);
  return one ? [one] : [];
}

function unknown(
  { name }: MetricReference,
  schema: Schema,
  catalogue: readonly CatalogueEntry[],
): string {
  const entry = catalogue.find((one) => name.replace(/_(bucket|sum|count)$/, "") === one.name);
  if (entry?.kind === "histogram") {
    const suffixes = exposedType(entry) === "summary"
      ? "'', _sum, _count"
      : "_bucket, _sum, _count";
    return `'${name}' is not exported: '${entry.name}' is a ${
      exposedType(entry)
    } and has ${suffixes}`;
  }
  const near = closestWord(name, schema.keys());
  return `'${name}' is not in src/metrics/catalogue.ts, and no rule records it` +
    (near === undefined ? "" : `; did you mean '${near}'?`);
}

function misuse(
  { name, appliedBy = "" }: MetricReference,
  found: readonly Series[],
): string | undefined {
  const isCounting = OF_COUNTERS.includes(appliedBy);
  for (const { kind, entry } of found) {
    if ((kind === "gauge" || kind === "quantile") && isCounting) {
      return `${appliedBy}() is for counters, and '${name}' is a ${kind}`;
    }
    // The original example shows its counter as it is.
    const isOriginal = entry?.kind === "counter" && !entry.name.endsWith("_total");
    if (kind === "counter" && !isCounting && !OF_ALL.includes(appliedBy) && !isOriginal) {
      return `'${name}' is a counter: it needs one of ${OF_COUNTERS.join(", ")} directly around it`;
    }
  }
  return undefined;
}
