/** A traced process for `context_otel_test.ts`: prints the exemplars that its histogram kept. */
import { BucketHistogram } from "./buckets.ts";
import { recordField, traceExemplar, withSpan } from "./context.ts";
import { connectOpenTelemetry } from "./context_otel.ts";

connectOpenTelemetry();
const histogram = new BucketHistogram([1, 2, 3], { exemplar: traceExemplar });
histogram.record(0.5);
await withSpan("outer", { user: "ferris", n: 7, big: 2n ** 64n, none: undefined }, async () => {
  histogram.record(1.5);
  await Promise.resolve();
  withSpan("inner", { ok: true }, () => {
    recordField("late", 1.5);
    histogram.record(2.5);
  });
  await withSpan("rejecting", {}, () => Promise.reject("no luck")).catch(() => {});
  try {
    withSpan("throwing", {}, () => {
      throw new RangeError("out of reach");
    });
  } catch {
    // Expected: the span has it.
  }
  histogram.record(3.5);
});
const exemplars = histogram.snapshot().buckets.map(({ exemplar }) => exemplar?.labels ?? null);
await Deno.stdout.write(new TextEncoder().encode(JSON.stringify(exemplars)));
