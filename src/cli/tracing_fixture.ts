/** A traced process for `tracing_test.ts`: prints an exposition with what it recorded in a span. */
import { createPrometheus } from "../exporters/prometheus.ts";
import { withSpan } from "../metrics/context.ts";
import { histogram, setGlobalRecorder } from "../metrics/mod.ts";
import { connectTracing } from "./tracing.ts";

const exemplar = await connectTracing({ warn() {} });
const { recorder, render } = createPrometheus({
  runtimeMetrics: false,
  metricBuckets: [{ name: "job_seconds", buckets: [1] }],
  ...exemplar && { exemplar },
});
setGlobalRecorder(recorder);
await withSpan("job", { queue: "mail" }, async () => {
  await Promise.resolve();
  histogram("job_seconds").record(0.25);
});
await Deno.stdout.write(new TextEncoder().encode(await render("openmetrics")));
