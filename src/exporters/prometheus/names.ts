/**
 * From any text to the names of the Prometheus data model: metrics `[a-zA-Z_:][a-zA-Z0-9_:]*`,
 * labels `[a-zA-Z_][a-zA-Z0-9_]*`.
 *
 * @see {@link https://prometheus.io/docs/concepts/data_model/}
 * @module
 */
import type { MetricKind } from "../../metrics/recorder.ts";
import type { Unit } from "../../metrics/unit.ts";

/**
 * How names are completed:
 * - `as-is`: not at all;
 * - `unit-suffix`: a metric described with a unit ends with it: `sent` in bytes is `sent_bytes`;
 * - `recommended`: that, and counters end with `_total`.
 *
 * A percentage ends with `_ratio`, a count has no suffix, and what is there already is not repeated.
 * Values are not converted.
 */
export type Naming = "as-is" | "unit-suffix" | "recommended";

/** All that {@linkcode Naming} can be. */
export const NAMINGS: readonly Naming[] = ["as-is", "unit-suffix", "recommended"];

/** `name` with an underscore in place of every character that a metric's name may not have there. */
export function metricName(name: string): string {
  return name.replace(/[^a-zA-Z0-9_:]/gu, "_").replace(/^[0-9]/, "_") || "_";
}

/** `name` with an underscore in place of every character that a label's name may not have there. */
export function labelName(name: string): string {
  return name.replace(/[^a-zA-Z0-9_]/gu, "_").replace(/^[0-9]/, "_") || "_";
}

/** The suffix that says `unit`, without its underscore; undefined where the unit needs none. */
export function unitSuffix(unit: Unit | undefined): string | undefined {
  if (unit === undefined || unit === "count") return undefined;
  return unit === "percent" ? "ratio" : unit;
}

/** The name under which a metric is exposed. `name` is a metric's name already. */
export function exposedName(
  name: string,
  { kind, unit, naming }: {
    readonly kind: MetricKind;
    readonly unit: Unit | undefined;
    readonly naming: Naming;
  },
): string {
  if (naming === "as-is") return name;
  const suffix = unitSuffix(unit);
  const named = suffix === undefined ? name : insertSuffix(name, `_${suffix}`);
  return naming === "recommended" && kind === "counter" && !named.endsWith("_total")
    ? `${named}_total`
    : named;
}

/** Puts `suffix` before an ending that has a meaning of its own, unless it is there. */
function insertSuffix(name: string, suffix: string): string {
  const ending = /_(total|sum|count|bucket)$/.exec(name)?.[0] ?? "";
  const stem = name.slice(0, name.length - ending.length);
  return stem.endsWith(suffix) ? name : stem + suffix + ending;
}
