/**
 * Shows what the program measures to Prometheus. One line installs it:
 *
 * ```ts
 * installPrometheus({ listen: true }); // http://0.0.0.0:9000/metrics
 * ```
 *
 * From then on, what is recorded anywhere is there to be scraped:
 *
 * ```ts
 * const prometheus = installPrometheus({ naming: "recommended" });
 * describeHistogram("job", "seconds", "How long a job takes");
 * const seconds = histogram("job", { queue: "mail" });
 * seconds.record(0.25);
 * counter("jobs", { queue: "mail" }).increment();
 * gauge("queue_length").set(3);
 * await prometheus.render(); // jobs_total{queue="mail"} 1 …
 * ```
 *
 * A program with an HTTP server mounts `route` there instead of listening here.
 *
 * @module
 */
import { setGlobalRecorder } from "../metrics/facade.ts";
import { createPrometheus, type Prometheus } from "./prometheus/exporter.ts";
import type { PrometheusOptions } from "./prometheus/options.ts";

export type { Format } from "./prometheus/format.ts";
export type { MetricBuckets } from "./prometheus/matchers.ts";
export type { Naming } from "./prometheus/names.ts";
export type { ListenOptions, PrometheusOptions } from "./prometheus/options.ts";
export type { PushOptions } from "./prometheus/push.ts";
export { createPrometheus, type Prometheus };

/**
 * Makes an exporter and sets its recorder as the global one, for good.
 *
 * @throws {RangeError} that names every wrong option.
 * @throws {SetRecorderError} when there is a global recorder already; nothing is left running then.
 */
export function installPrometheus(options: PrometheusOptions = {}): Prometheus {
  const prometheus = createPrometheus(options);
  try {
    setGlobalRecorder(prometheus.recorder);
  } catch (error) {
    void prometheus.close();
    throw error;
  }
  return prometheus;
}
