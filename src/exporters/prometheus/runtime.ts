/**
 * What prom-client measures of the process itself: CPU time, memory, heap, active resources.
 *
 * @module
 */
import perfHooks from "node:perf_hooks";
import client, { type Metric } from "prom-client";
import type { Labels } from "../../metrics/recorder.ts";
import { CONTENT_TYPES, type Format } from "./format.ts";

/**
 * What is left out: figures that Deno 2.9.6 has no way to give (they need `/proc/self`, which asks for
 * `--allow-all`, and would read 0), that it gives wrongly (the event loop's delay stays at
 * microseconds while the loop is blocked for 100 ms), and gauges that end with `_total`, which
 * promtool objects to and which are sums of others.
 */
const LEFT_OUT =
  /^process_(virtual_memory|heap)_bytes$|^process_(open|max)_fds$|^nodejs_eventloop_lag_(min|max|mean|stddev|p\d+)_seconds$|^nodejs_active_.*_total$|^nodejs_gc_/;

/** A metric of prom-client, read. */
type Read = Awaited<ReturnType<client.Registry["getMetricsAsJSON"]>>[number];

/** Reads the figures of this process. Nothing runs between two readings, so there is no stopping it. */
export class RuntimeMetrics {
  readonly #registry = new client.Registry();
  readonly #labels: Labels;

  constructor(labels: Labels) {
    this.#labels = labels;
    withoutObservers(() => client.collectDefaultMetrics({ register: this.#registry }));
  }

  /** The text of what is measured, with the end mark of the format; names in `taken` are left out. */
  async text(format: Format, taken: ReadonlySet<string>): Promise<string> {
    const registry = new client.Registry<client.RegistryContentType>();
    registry.setContentType(CONTENT_TYPES[format]);
    registry.setDefaultLabels(this.#labels);
    for (const read of await this.#registry.getMetricsAsJSON()) {
      const values = valuesOf(read);
      if (LEFT_OUT.test(read.name) || values.length === 0) continue;
      // A stand-in, because in OpenMetrics mode a Registry renames the counters that it is given.
      const stem = format === "openmetrics" ? read.name.replace(/_total$/, "") : read.name;
      if (taken.has(read.name) || taken.has(stem)) continue;
      const metric = { ...read, name: stem, values };
      registry.registerMetric(
        { ...metric, get: () => Promise.resolve(metric) } as unknown as Metric,
      );
    }
    return (await registry.metrics()).replace(/^\n/, "");
  }
}

function valuesOf({ name, values }: Read): Read["values"] {
  if (name !== "process_resident_memory_bytes") return values;
  return [{ value: Deno.memoryUsage().rss, labels: {} }];
}

/**
 * Runs `fn` while node:perf_hooks offers nothing that goes on measuring. prom-client starts a monitor
 * of the event loop and an observer of garbage collection that it has no way to stop; on Deno 2.9.6
 * neither gives a usable figure. May go when prom-client lets them be stopped or left out.
 */
function withoutObservers(fn: () => void): void {
  const { monitorEventLoopDelay, PerformanceObserver } = perfHooks;
  const inert = { monitorEventLoopDelay: undefined, PerformanceObserver: InertObserver };
  Object.assign(perfHooks, inert);
  try {
    fn();
  } finally {
    Object.assign(perfHooks, { monitorEventLoopDelay, PerformanceObserver });
  }
}

class InertObserver {
  observe(): void {}
}
