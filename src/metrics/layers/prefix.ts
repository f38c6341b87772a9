import type { Layer } from "./stack.ts";

/**
 * Puts `prefix` and a dot before every name, in descriptions too: `app.jobs_total`. Exporters that
 * know no dots replace it, so Prometheus shows `app_jobs_total`.
 *
 * @throws {RangeError} when `prefix` is empty.
 */
export function prefix(prefix: string): Layer {
  if (prefix === "") throw new RangeError("Cannot prefix metrics: the prefix must not be empty");
  const named = (name: string) => `${prefix}.${name}`;
  return (inner) => ({
    describeCounter: (name, unit, help) => inner.describeCounter(named(name), unit, help),
    describeGauge: (name, unit, help) => inner.describeGauge(named(name), unit, help),
    describeHistogram: (name, unit, help) => inner.describeHistogram(named(name), unit, help),
    registerCounter: (name, labels) => inner.registerCounter(named(name), labels),
    registerGauge: (name, labels) => inner.registerGauge(named(name), labels),
    registerHistogram: (name, labels) => inner.registerHistogram(named(name), labels),
  });
}
