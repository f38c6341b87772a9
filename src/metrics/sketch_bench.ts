import { BucketHistogram, LATENCY_BUCKETS } from "./buckets.ts";
import { Sketch } from "./sketch.ts";
import { RollingSummary } from "./summary.ts";

/** Latencies from 20 µs to 1 s, most of them low. */
const latencies = Float64Array.from({ length: 4096 }, () => 0.00002 * 50_000 ** Math.random() ** 2);
let i = 0;
const next = () => latencies[i++ & 4095] as number;

const sketch = new Sketch();
const summary = new RollingSummary();
const frozen = new RollingSummary({ now: () => 0 });
const buckets = new BucketHistogram(LATENCY_BUCKETS);
const labels = { "trace_id": "0", "span_id": "0" };
const exemplars = new BucketHistogram(LATENCY_BUCKETS, { exemplar: () => labels });
let sink = 0;

Deno.bench("reading the next value (take this away from the rest)", () => {
  sink += next();
});
Deno.bench("Sketch.add", () => sketch.add(next()));
Deno.bench("RollingSummary.record", () => summary.record(next()));
Deno.bench("RollingSummary.record, with a clock that costs nothing", () => frozen.record(next()));
Deno.bench("BucketHistogram.record", () => buckets.record(next()));
Deno.bench("BucketHistogram.record, with an exemplar each time", () => exemplars.record(next()));
Deno.bench("RollingSummary.snapshot, seven quantiles", () => {
  sink += summary.snapshot().count;
});
Deno.bench("BucketHistogram.snapshot", () => {
  sink += buckets.snapshot().count;
});
