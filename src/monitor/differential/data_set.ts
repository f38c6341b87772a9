/** Random data that both sides get: counters with resets, gauges, gaps, and histograms of all kinds. */
import type { SeededRandom } from "../../testing/fuzz.ts";
import { createFloatHistogram, type FloatHistogram } from "../histogram/mod.ts";
import { Labels } from "../labels.ts";
import type { StoredSample } from "../promqltest/memory_storage.ts";
import { oneIn } from "./growth.ts";
import { SLICE } from "./remote_write.ts";

/** A series and its samples. */
export interface DataSeries {
  readonly labels: Labels;
  readonly samples: readonly StoredSample[];
}

/** When the data begin, in milliseconds: a full hour in September 2020. */
export const DATA_START = 1_600_002_000_000;
/** When they end, in milliseconds. */
export const DATA_END = DATA_START + 3_600_000;

const INTERVAL = 15_000;
const INSTANCES = ["one:9100", "two:9100", "three:9100"];
const BOUNDS = [0.05, 0.1, 0.5, 1, 5, Infinity];

/** What a series is at each of its times; undefined is no sample, `stale` the stale marker. */
type Values = () => number | FloatHistogram | "stale" | undefined;

/** What the Prometheus beside ours can take. */
export interface DataSetOptions {
  /** Whether there are native histograms. */
  readonly hasHistograms: boolean;
  /** Whether samples lie where ranges begin, which versions before 3 count in and later ones do not. */
  readonly isAligned: boolean;
}

/** The series of a seed. */
export function createDataSet(
  random: SeededRandom,
  { hasHistograms, isAligned }: DataSetOptions,
): DataSeries[] {
  const series: DataSeries[] = [];
  // Some series are scraped at full steps, others between them.
  const nextOffset = () =>
    isAligned && oneIn(random, 2) ? 0 : 1 + random.below(INTERVAL / 1000) * 999;
  const add = (record: Record<string, string>, values: Values, offset = nextOffset()) => {
    series.push({ labels: Labels.from(record), samples: samplesOf(values, offset) });
  };
  for (const job of ["api", "web"]) {
    for (const instance of INSTANCES) {
      const target = { job, instance };
      add({ __name__: "up", ...target }, () => random.next() < 0.97 ? 1 : 0);
      for (const code of ["200", "404", "500"]) {
        if (random.next() < 0.2) continue;
        add({ __name__: "requests_total", ...target, code }, counter(random));
      }
      add({ __name__: "temperature", ...target, room: random.pick(["a", "b"]) }, gauge(random));
      add({ __name__: "sparse", ...target }, withGaps(random, gauge(random)));
      const offset = nextOffset();
      for (const { suffix, le, values } of classicHistogram(random)) {
        add({ __name__: `latency_seconds${suffix}`, ...target, ...le }, values, offset);
      }
      add(
        { __name__: "build_info", ...target, version: random.pick(["1.0", "1.1", "2.0"]) },
        () => 1,
      );
      if (hasHistograms) {
        add({ __name__: "size_bytes", ...target }, exponential(random, "unknown"));
        add({ __name__: "depth", ...target }, exponential(random, "gauge"));
        add({ __name__: "custom_seconds", ...target }, custom(random));
      }
    }
    add({ __name__: "limit", job }, () => 100);
    add({ __name__: "odd_values", job }, odd(random));
  }
  if (hasHistograms) {
    const [numbers, histograms] = [counter(random), exponential(random, "unknown")];
    let usesHistograms = false;
    add({ __name__: "mixed", job: "api" }, () => {
      if (random.next() < 0.05) usesHistograms = !usesHistograms;
      return usesHistograms ? histograms() : numbers();
    });
  }
  // Prometheus keeps series in the order in which they came, which decides between equal values.
  const firstSlice = ({ samples }: DataSeries) =>
    Math.floor(((samples[0]?.time ?? 0) - DATA_START) / SLICE);
  return series.filter(({ samples }) => samples.length > 0)
    .sort((a, b) => firstSlice(a) - firstSlice(b));
}

function samplesOf(values: Values, offset: number): StoredSample[] {
  const samples: StoredSample[] = [];
  for (let time = DATA_START + offset; time <= DATA_END; time += INTERVAL) {
    const value = values();
    if (value === undefined) continue;
    samples.push({ time, value: value === "stale" ? undefined : value, start: 0 });
  }
  return samples;
}

function counter(random: SeededRandom): () => number {
  const most = random.pick([1, 5, 100, 0.5]);
  let value = random.below(1000);
  return () => {
    if (random.next() < 0.015) value = 0;
    value += random.next() < 0.3 ? 0 : Math.round(random.next() * most * 4) / 4;
    return value;
  };
}

function gauge(random: SeededRandom): () => number {
  const scale = random.pick([1, 10, 1000]);
  let value = (random.next() - 0.5) * scale;
  return () => {
    value += Math.round((random.next() - 0.5) * 64) / 64 * scale;
    return value;
  };
}

function odd(random: SeededRandom): () => number {
  return () => random.pick([NaN, Infinity, -Infinity, 0, -0, 1, -1, 1e300, 1e-300, 2.5, -2.5]);
}

function withGaps(random: SeededRandom, values: () => number): Values {
  let left = 0;
  let isGap = false;
  return () => {
    if (left-- > 0) return isGap ? undefined : values();
    isGap = !isGap;
    left = 1 + random.below(isGap ? 40 : 60);
    if (isGap) return random.next() < 0.6 ? "stale" : undefined;
    return values();
  };
}

function classicHistogram(
  random: SeededRandom,
): { suffix: string; le: { le?: string }; values: () => number }[] {
  const counts = BOUNDS.map(() => 0);
  let sum = 0;
  const observe = () => {
    if (random.next() < 0.01) {
      counts.fill(0);
      sum = 0;
    }
    for (let i = 0; i < counts.length; i++) counts[i] = (counts[i] ?? 0) + random.below(4);
    sum += random.next() * 8;
  };
  // Every series runs through all its times before the next begins, so what was observed is kept.
  const observed: { counts: number[]; sum: number }[] = [];
  const at = (step: number) => {
    while (observed.length <= step) {
      observe();
      observed.push({ counts: [...counts], sum });
    }
    return observed[step];
  };
  const series = (suffix: string, le: { le?: string }, pick: (step: number) => number) => {
    let step = 0;
    return { suffix, le, values: () => pick(step++) };
  };
  const upTo = (step: number, bucket: number) =>
    at(step)?.counts.slice(0, bucket + 1).reduce((a, b) => a + b, 0) ?? 0;
  return [
    ...BOUNDS.map((bound, bucket) =>
      series(
        "_bucket",
        { le: bound === Infinity ? "+Inf" : formatBound(bound) },
        (step) => upTo(step, bucket),
      )
    ),
    series("_sum", {}, (step) => at(step)?.sum ?? 0),
    series("_count", {}, (step) => upTo(step, BOUNDS.length - 1)),
  ];
}

function formatBound(bound: number): string {
  return Number.isInteger(bound) ? `${bound}.0` : String(bound);
}

function exponential(
  random: SeededRandom,
  counterReset: FloatHistogram["counterReset"],
): () => FloatHistogram {
  const isGauge = counterReset === "gauge";
  let schema = random.pick([0, 1, 2, 3]);
  let counts = new Map<number, number>();
  let zeroCount = 0;
  let sum = 0;
  return () => {
    if (isGauge || random.next() < 0.02) {
      counts = new Map();
      [zeroCount, sum] = [0, 0];
      if (random.next() < 0.1) schema = random.pick([0, 1, 2, 3]);
    }
    for (let i = random.below(5); i >= 0; i--) {
      const index = random.below(12) - 6;
      counts.set(index, (counts.get(index) ?? 0) + 1 + random.below(3));
      sum += random.next() * 10;
    }
    zeroCount += random.below(2);
    const indexes = [...counts.keys()].sort((a, b) => a - b);
    const buckets = { indexes, counts: indexes.map((index) => counts.get(index) ?? 0) };
    const count = zeroCount + buckets.counts.reduce((a, b) => a + b, 0);
    return createFloatHistogram({
      counterReset,
      schema,
      count,
      sum,
      zeroThreshold: 0.001,
      zeroCount,
      positive: buckets,
    });
  };
}

function custom(random: SeededRandom): () => FloatHistogram {
  const customBounds = random.pick([[0.1, 1, 10], [0.1, 0.5, 1, 10], [1, 2, 3]]);
  const counts = [...customBounds, Infinity].map(() => 0);
  let sum = 0;
  return () => {
    if (random.next() < 0.02) {
      counts.fill(0);
      sum = 0;
    }
    for (let i = 0; i < counts.length; i++) counts[i] = (counts[i] ?? 0) + random.below(3);
    sum += random.next() * 5;
    return createFloatHistogram({
      schema: -53,
      count: counts.reduce((a, b) => a + b, 0),
      sum,
      positive: { indexes: counts.map((_, i) => i), counts: [...counts] },
      customBounds,
    });
  };
}
