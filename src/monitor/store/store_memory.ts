/**
 * Measures a day of 2,000 series at 5 s, with times that waver as a scraper's do, and with a directory
 * how long opening it takes:
 * `deno run --v8-flags=--expose-gc src/monitor/store/store_memory.ts [scrapes] [directory]`.
 *
 * @module
 */
import { makeFleet } from "./fleet_fixture.ts";
import { createMatcher } from "./matcher.ts";
import { seeded } from "./random_fixture.ts";
import { openStore } from "./open_store.ts";

const TARGETS = 4;
const SERIES = 500;
const STEP = 5_000;
const HOUR = 3_600_000;
const scrapes = Number(Deno.args[0] ?? 17_280);
const directory = Deno.args[1];

function collect(): void {
  (globalThis as { gc?: () => void }).gc?.();
}

function inMegabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

function memory(): number {
  collect();
  const { heapUsed, external } = Deno.memoryUsage();
  return heapUsed + external;
}

const lines: string[] = [];
const say = (what: string, value: string) => lines.push(`${what.padEnd(44)} ${value}`);

const fleets = Array.from(
  { length: TARGETS },
  (_, i) => makeFleet(`127.0.0.1:${9_000 + i}`, SERIES, i),
);
fleets.forEach((fleet) => fleet.scrape());
const random = seeded(99);
const before = memory();
const store = await openStore({ directory, writeEveryMs: 1e9 });
const start = Date.now() - scrapes * STEP;
let longest = 0;
let spent = 0;
for (let i = 0; i < scrapes; i++) {
  fleets.forEach((fleet, target) => {
    const samples = fleet.scrape();
    const time = start + i * STEP + target * 700 + Math.floor(random() * 8);
    const from = performance.now();
    store.append({ source: `target ${target}`, time, samples });
    const took = performance.now() - from;
    spent += took;
    longest = Math.max(longest, took);
  });
  if (i % (HOUR / STEP) === HOUR / STEP / 2) await store.compact();
  else if (i % 100 === 0) await store.flush();
}
const { samples, bytes } = store.stats();
const used = memory() - before;
say("samples", samples.toLocaleString("en"));
say("memory, labels and index included", inMegabytes(used));
say("bytes a sample, all included", (used / samples).toFixed(3));
say("bytes a sample, of compressed data alone", (bytes / samples).toFixed(3));
say(`append of ${SERIES} samples, mean`, `${(spent / scrapes / TARGETS).toFixed(3)} ms`);
say(`append of ${SERIES} samples, longest`, `${longest.toFixed(1)} ms`);
const from = performance.now();
const day = await store.select([createMatcher("=", "instance", "127.0.0.1:9000")], {
  start,
  end: Date.now(),
});
const read = day.reduce((sum, { samples }) => sum + samples.values.length, 0);
say(
  "decoding, a sample",
  `${((performance.now() - from) * 1e6 / read).toFixed(1)} ns of ${read.toLocaleString("en")}`,
);
if (directory !== undefined) {
  await store.close();
  let onDisk = 0;
  for (const { name } of Deno.readDirSync(directory)) {
    onDisk += Deno.statSync(`${directory}/${name}`).size;
  }
  say("on disk", inMegabytes(onDisk));
  const from = performance.now();
  let last = from;
  let held = 0;
  const timer = setInterval(() => {
    held = Math.max(held, performance.now() - last - 1);
    last = performance.now();
  }, 1);
  const again = await openStore({ directory, writeEveryMs: 1e9 });
  clearInterval(timer);
  say("opening again", `${((performance.now() - from) / 1_000).toFixed(2)} s`);
  say("opening, longest without a turn", `${held.toFixed(1)} ms`);
  say("samples again", again.stats().samples.toLocaleString("en"));
  await again.close();
}
await Deno.stdout.write(new TextEncoder().encode(`${lines.join("\n")}\n`));
