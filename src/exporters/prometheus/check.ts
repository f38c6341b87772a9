/**
 * What is wrong with options, all of it at once.
 *
 * @module
 */
import { parseNetwork } from "./allow.ts";
import { labelName, NAMINGS } from "./names.ts";
import type { PrometheusOptions } from "./options.ts";

/** One thing that may not be so. */
interface Rule {
  readonly option: string;
  readonly value: unknown;
  readonly allowed: string;
  readonly ok: boolean;
}

/** @throws {RangeError} that names every option that is wrong, what it is and what it may be. */
export function checkOptions(options: PrometheusOptions): void {
  const problems = [...rulesFor(options)].filter(({ ok }) => !ok).map(
    ({ option, value, allowed }) =>
      `\n  '${option}' must be ${allowed}, current value is ${show(value)}`,
  );
  if (problems.length === 0) return;
  throw new RangeError(`Cannot set up the Prometheus exporter:${problems.join("")}`);
}

function* rulesFor(options: PrometheusOptions): Generator<Rule> {
  yield* histogramRules(options);
  yield* networkRules(options);
  yield* pushRules(options);
  const { naming, globalLabels = {}, idle, bounds = {} } = options;
  if (naming !== undefined) {
    const allowed = NAMINGS.map((name) => `'${name}'`).join(", ");
    yield { option: "naming", value: naming, allowed, ok: NAMINGS.includes(naming) };
  }
  const names = Object.keys(globalLabels).map(labelName);
  for (const [name, value] of Object.entries(globalLabels)) {
    const ok = names.filter((other) => other === labelName(name)).length === 1;
    const allowed = "the only global label that is exposed under this name";
    yield { option: `globalLabels.${name}`, value, allowed, ok };
  }
  if (idle !== undefined) {
    yield {
      option: "idle.idleTimeout",
      value: idle.idleTimeout,
      ...milliseconds(idle.idleTimeout),
    };
  }
  for (const option of ["maxSeries", "maxLabelLength"] as const) {
    const value = bounds[option] ?? 1;
    const ok = value === Infinity || isWhole(value, 1, Infinity);
    yield { option: `bounds.${option}`, value, allowed: "a whole number from 1, or Infinity", ok };
  }
}

function* histogramRules(options: PrometheusOptions): Generator<Rule> {
  const { quantiles, bucketDuration, bucketCount, buckets, metricBuckets = [] } = options;
  if (quantiles !== undefined) {
    const ok = quantiles.length > 0 && quantiles.every((q) => q >= 0 && q <= 1) &&
      new Set(quantiles).size === quantiles.length;
    const allowed = "one or more different numbers from 0 to 1";
    yield { option: "quantiles", value: quantiles, allowed, ok };
  }
  if (bucketDuration !== undefined) {
    yield { option: "bucketDuration", value: bucketDuration, ...milliseconds(bucketDuration) };
  }
  if (bucketCount !== undefined) {
    const ok = isWhole(bucketCount, 1, 1000);
    const allowed = "a whole number from 1 to 1000";
    yield { option: "bucketCount", value: bucketCount, allowed, ok };
  }
  if (buckets !== undefined) yield bucketRule("buckets", buckets);
  for (const [i, rule] of metricBuckets.entries()) {
    yield bucketRule(`metricBuckets[${i}].buckets`, rule.buckets);
    const [sort = "name", pattern = ""] = Object.entries(rule).find(([key]) => key !== "buckets") ??
      [];
    const ok = typeof pattern === "string" && pattern !== "";
    yield { option: `metricBuckets[${i}].${sort}`, value: pattern, allowed: "a text", ok };
  }
}

function bucketRule(option: string, bounds: readonly number[]): Rule {
  const ok = bounds.length > 0 &&
    bounds.every((bound, i) => Number.isFinite(bound) && bound > (bounds[i - 1] ?? -Infinity));
  const allowed = "one or more finite numbers, ascending (+Inf is always added)";
  return { option, value: bounds, allowed, ok };
}

function* networkRules({ listen, allowedAddresses }: PrometheusOptions): Generator<Rule> {
  if (typeof listen === "object" && "port" in listen && listen.port !== undefined) {
    const ok = isWhole(listen.port, 0, 65_535);
    const allowed = "a whole number from 0 to 65535";
    yield { option: "listen.port", value: listen.port, allowed, ok };
  }
  for (const [i, address] of (allowedAddresses ?? []).entries()) {
    const allowed = "an IPv4 or IPv6 address, or a network such as 10.0.0.0/8";
    const ok = parseNetwork(address) !== undefined;
    yield { option: `allowedAddresses[${i}]`, value: address, allowed, ok };
  }
}

function* pushRules({ push }: PrometheusOptions): Generator<Rule> {
  if (push === undefined) return;
  const { url, interval, method = "PUT", username, password } = push;
  const { protocol = "", username: inUrl = "" } = URL.parse(url) ?? {};
  const ok = (protocol === "http:" || protocol === "https:") && inUrl === "";
  const allowed = "a URL with http or https and without credentials";
  yield { option: "push.url", value: url.replace(/\/\/[^/]*@/, "//…@"), allowed, ok };
  yield { option: "push.interval", value: interval, ...milliseconds(interval) };
  const isMethod = method === "PUT" || method === "POST";
  yield { option: "push.method", value: method, allowed: "'PUT', 'POST'", ok: isMethod };
  const alone = username === undefined && password !== undefined;
  yield { option: "push.username", value: username, allowed: "given with a password", ok: !alone };
  const colon = username?.includes(":") ?? false;
  yield { option: "push.username", value: username, allowed: "without a colon", ok: !colon };
}

/** Timers take at most 2^31 − 1 ms, and run at once when told more. */
function milliseconds(value: number): Pick<Rule, "allowed" | "ok"> {
  const ok = value > 0 && value <= 2_147_483_647;
  return { allowed: "milliseconds above 0, at most 2147483647", ok };
}

function isWhole(value: number, lowest: number, highest: number): boolean {
  return Number.isSafeInteger(value) && value >= lowest && value <= highest;
}

function show(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(show).join(", ")}]`;
  return typeof value === "string" ? `'${value}'` : String(value);
}
