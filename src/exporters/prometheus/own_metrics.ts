/**
 * What the exporter tells of itself.
 *
 * @module
 */
import { OVERFLOW_COUNTER } from "../../metrics/bounds.ts";
import type { Recorder } from "../../metrics/recorder.ts";
import { REFUSAL_COUNTER } from "../../metrics/refusals.ts";
import type { Collision } from "./families.ts";

/** How many collisions there have been, by exposed name; see `families.ts`. */
export const COLLISION_COUNTER = "metrics_collisions_total";
/** How many pushes to a Pushgateway have failed. */
export const PUSH_FAILURE_COUNTER = "metrics_push_failures_total";

/** Says what the exporter's own metrics mean. They appear with their first value. */
export function describeOwnMetrics(recorder: Recorder): void {
  const describe = (name: string, help: string) => recorder.describeCounter(name, "count", help);
  describe(OVERFLOW_COUNTER, "Look-ups that met a limit on series or label values, by metric.");
  describe(
    REFUSAL_COUNTER,
    "Values that a histogram or counter refused, because they are no finite numbers in range, by metric.",
  );
  describe(
    COLLISION_COUNTER,
    "Metrics and series whose exposed name was taken by another, by metric.",
  );
  describe(PUSH_FAILURE_COUNTER, "Pushes to the Pushgateway that failed.");
}

/** Counts each collision once, however often it is met. */
export function collisionCounter(recorder: Recorder): (collision: Collision) => void {
  const metrics = new Set<string>();
  const series = new WeakSet<object>();
  return ({ metric, subject }) => {
    if (typeof subject === "string") {
      if (metrics.has(subject)) return;
      metrics.add(subject);
    } else {
      if (series.has(subject)) return;
      series.add(subject);
    }
    recorder.registerCounter(COLLISION_COUNTER, { metric }).increment();
  };
}
