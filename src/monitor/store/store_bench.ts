import { Labels } from "../labels.ts";
import type { Series } from "../samples.ts";
import { makeFleet } from "./fleet_fixture.ts";
import { createMatcher } from "./matcher.ts";
import { Store } from "./store.ts";

const SERIES = 2_000;
const STEP = 15_000;
const HOUR = 3_600_000;

/** What a store would be without any compression: arrays of numbers for each series. */
class PlainStore {
  readonly #series = new Map<string, { labels: Labels; times: number[]; values: number[] }>();

  append(time: number, samples: readonly { labels: Labels; value: number }[]): void {
    for (const { labels, value } of samples) {
      let series = this.#series.get(labels.key);
      if (series === undefined) {
        this.#series.set(labels.key, series = { labels, times: [], values: [] });
      }
      series.times.push(time);
      series.values.push(value);
    }
  }

  select(matches: (labels: Labels) => boolean, start: number, end: number): Series[] {
    const found: Series[] = [];
    for (const { labels, times, values } of this.#series.values()) {
      if (!matches(labels)) continue;
      const from = times.findIndex((time) => time >= start);
      const to = times.findLastIndex((time) => time <= end) + 1;
      found.push({
        labels,
        samples: {
          times: Float64Array.from(times.slice(from, to)),
          values: Float64Array.from(values.slice(from, to)),
        },
      });
    }
    return found;
  }
}

const store = new Store({ retentionMs: 3 * HOUR, clock: () => Infinity });
let plain = new PlainStore();
const fleet = makeFleet("127.0.0.1:9000", SERIES);
const scrapes = Array.from({ length: 50 }, () => fleet.scrape());
const plainScrapes = scrapes.map((samples) =>
  samples.map(({ series, value }) => ({
    labels: series instanceof Labels ? series : series.labels,
    value,
  }))
);
let time = 0;
let plainTime = 0;
let turn = 0;

function append(): void {
  const samples = scrapes[turn++ % scrapes.length] ?? [];
  store.append({ source: "echo", time: time += STEP, samples });
}

function appendPlain(): void {
  plain.append(plainTime += STEP, plainScrapes[turn++ % plainScrapes.length] ?? []);
}

function fill(): void {
  for (let i = 0; i < 720; i++) {
    append();
    appendPlain();
  }
}
fill();

Deno.bench("append of a scrape of 2,000 series: plain arrays", { group: "append" }, () => {
  // It has no retention, and would take all memory.
  if (turn % 3_000 === 0) plain = new PlainStore();
  appendPlain();
});

Deno.bench(
  "append of a scrape of 2,000 series: Store",
  { group: "append", baseline: true },
  append,
);

const matchers = [
  createMatcher("=", "__name__", "grpc_server_handling_seconds_bucket"),
  createMatcher("=~", "grpc_method", "Method[0-9]|Method[1-6][0-9]|Method7[0-6]"),
];

Deno.bench("select of 1,000 series, 1 h at 15 s: plain arrays", { group: "select" }, () => {
  plain.select(
    (labels) => matchers.every((matcher) => matcher.matches(labels.get(matcher.name))),
    plainTime - HOUR,
    plainTime,
  );
});

Deno.bench(
  "select of 1,000 series, 1 h at 15 s: Store",
  { group: "select", baseline: true },
  async () => {
    await store.select(matchers, { start: time - HOUR, end: time });
  },
);
