/**
 * What a scrape has to go through besides writing: 100,000 metrics with a name each, and 100,000
 * series that fall idle at once. The longest holds of the event loop are printed; nothing is compared,
 * because prom-client knows no idle series.
 *
 * @module
 */
import { longestHold } from "../testing/event_loop.ts";
import { createPrometheus, type Prometheus } from "./prometheus.ts";

const SERIES = 100_000;
const IDLE_TIMEOUT = 1000;

function manyNames(): Prometheus {
  const prometheus = createPrometheus({ runtimeMetrics: false });
  for (let i = 0; i < SERIES; i++) {
    prometheus.recorder.registerCounter(`bench_${i}_total`, { api: "echo" }).increment(i);
  }
  return prometheus;
}

function manyIdle(clock: () => number): Prometheus {
  const prometheus = createPrometheus({
    runtimeMetrics: false,
    idle: { idleTimeout: IDLE_TIMEOUT, clock },
    bounds: { maxSeries: Infinity },
  });
  for (let i = 0; i < SERIES; i++) {
    prometheus.recorder.registerCounter(`bench_${i % 5}_total`, { peer: `peer-${i}` }).increment(i);
  }
  return prometheus;
}

async function scrape({ route }: Prometheus): Promise<void> {
  const answer = route.handle(new Request("http://localhost/metrics"));
  for await (const _ of answer.body ?? []) { /* as a socket would take it */ }
}

let now = 0;
const names = manyNames();
const idle = manyIdle(() => now);
const STEPS: readonly [what: string, prometheus: Prometheus][] = [
  ["100,000 names, first scrape", names],
  ["100,000 names, second scrape", names],
  ["100,000 series that may fall idle, first scrape", idle],
  ["100,000 series that fall idle at once", idle],
];

let report = "\nlongest hold of the event loop, and total, in ms\n";
for (const [what, prometheus] of STEPS) {
  now += 2 * IDLE_TIMEOUT; // the first sweep that sees a series starts its time
  const { hold, total } = await longestHold(() => scrape(prometheus));
  report += `  ${what.padEnd(50)} ${hold.toFixed(0).padStart(3)} of ${total.toFixed(0)}\n`;
}
Deno.stdout.writeSync(new TextEncoder().encode(report));

// An async function: Deno does not wait for one that merely returns a promise.
Deno.bench("scrape of 100,000 names", async () => {
  await scrape(names);
});
