import { assertEquals, assertInstanceOf, assertStringIncludes, assertThrows } from "@std/assert";
import { counter, describeHistogram, gauge, histogram, SetRecorderError } from "../metrics/mod.ts";
import { testWith } from "../testing/permissions.ts";
import { installPrometheus } from "./prometheus.ts";

Deno.test("installPrometheus() shows what is recorded from then on, in ten lines", async () => {
  const prometheus = installPrometheus({ naming: "recommended", runtimeMetrics: false });
  describeHistogram("job", "seconds", "How long a job takes");
  const seconds = histogram("job", { queue: "mail" });
  seconds.record(0.25);
  counter("jobs", { queue: "mail" }).increment();
  gauge("queue_length").set(3);
  assertEquals(
    await prometheus.render(),
    `# TYPE jobs_total counter
jobs_total{queue="mail"} 1

# TYPE queue_length gauge
queue_length 3

# HELP job_seconds How long a job takes
# TYPE job_seconds summary
job_seconds{queue="mail",quantile="0"} 0.25
job_seconds{queue="mail",quantile="0.5"} 0.24999858787871077
job_seconds{queue="mail",quantile="0.9"} 0.24999858787871077
job_seconds{queue="mail",quantile="0.95"} 0.24999858787871077
job_seconds{queue="mail",quantile="0.99"} 0.24999858787871077
job_seconds{queue="mail",quantile="0.999"} 0.24999858787871077
job_seconds{queue="mail",quantile="1"} 0.25
job_seconds_sum{queue="mail"} 0.25
job_seconds_count{queue="mail"} 1

`,
  );
  await prometheus.close();
  gauge("queue_length").set(4);
  assertStringIncludes(await prometheus.render(), "queue_length 4\n");
});

testWith(
  ["net"],
  "installPrometheus() leaves nothing running where a recorder is set already",
  () => {
    const listen = { hostname: "127.0.0.1", port: 0 };
    const error = assertThrows(() => installPrometheus({ listen }), SetRecorderError);
    assertInstanceOf(error, SetRecorderError);
  },
);
