import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import type { FloatHistogram } from "../histogram/float_histogram.ts";
import { Labels } from "../labels.ts";
import { Pace } from "../pace.ts";
import type { Samples } from "../samples.ts";
import type { BatchSample } from "./batch.ts";
import { createMatcher } from "./matcher.ts";
import { seeded } from "./random_fixture.ts";
import { Store } from "./store.ts";

const ALWAYS = { start: -Infinity, end: Infinity };
const NAME = createMatcher("=~", "__name__", ".+");

function up(instance: string): Labels {
  return Labels.from({ __name__: "up", instance });
}

async function only(store: Store, range = ALWAYS): Promise<Samples> {
  const all = await store.select([NAME], range);
  assertEquals(all.length, 1);
  const samples = all[0]?.samples;
  assert(samples !== undefined);
  return samples;
}

function histogram(count: number): FloatHistogram {
  return {
    counterReset: "unknown",
    schema: 0,
    count,
    sum: 1.5,
    zeroThreshold: 0.001,
    zeroCount: 0,
    positive: { indexes: [1], counts: [count] },
    negative: { indexes: [], counts: [] },
    customBounds: [],
  };
}

interface Written {
  readonly time: number;
  readonly value: number;
  readonly stale: boolean;
  readonly start: number;
}

Deno.test("Store gives back whatever was stored: all sorts of values, gaps and sources", async () => {
  const random = seeded(7);
  const special = [0, -0, NaN, Infinity, -Infinity, 5e-324, 1e308, 0.1, 42, 43];
  const store = new Store({ retentionMs: Infinity, clock: () => 1e15 });
  const expected = new Map<string, Written[]>();
  const series = Array.from({ length: 40 }, (_, i) => store.handle(up(String(i))));
  let time = 1_000_000;
  for (let scrape = 0; scrape < 900; scrape++) {
    time += 5_000 + Math.floor(random() * 9) + (random() < 0.01 ? 1e7 : 0);
    const samples: BatchSample[] = [];
    series.forEach((handle, i) => {
      // Some miss scrapes now and then, some for long, some have times of their own.
      if (i % 4 === 1 && random() < 0.1) return;
      if (i % 4 === 2 && Math.floor(scrape / 50) % 2 === 1) return;
      const ownTime = i % 4 === 3 && random() < 0.7 ? time - Math.floor(random() * 4_000) : time;
      const stale = random() < 0.02;
      const value = i < 10
        ? special[Math.floor(random() * special.length)] ?? 0
        : i < 20
        ? scrape * i
        : random() * 10 ** i;
      const start = i % 5 === 0 ? Math.floor(scrape / 300) * 1_000 : 0;
      samples.push({
        series: handle,
        value,
        ...ownTime !== time && { time: ownTime },
        ...stale && { stale },
        ...start !== 0 && { start },
      });
      const list = expected.get(handle.labels.key) ?? [];
      list.push({ time: ownTime, value: stale ? NaN : value, stale, start });
      expected.set(handle.labels.key, list);
    });
    const source = random() < 0.02 ? "another" : "one";
    const { refused } = store.append({ source, time, samples });
    assertEquals(refused, { outOfOrder: 0, duplicate: 0, outOfBounds: 0, tooManySeries: 0 });
  }

  const total = [...expected.values()].reduce((sum, list) => sum + list.length, 0);
  assertEquals(store.stats().samples, total);
  for (
    const [start, end] of [[-Infinity, Infinity], [2_000_000, 3_000_000], [time, time], [5, 9]]
  ) {
    const range = { start: start ?? 0, end: end ?? 0 };
    const got = await store.select([NAME], range);
    const wanted = new Map<string, Written[]>();
    for (const [key, list] of expected) {
      const inRange = list.filter((one) => one.time >= range.start && one.time <= range.end);
      if (inRange.length > 0) wanted.set(key, inRange);
    }
    assertEquals(got.map(({ labels }) => labels.key).sort(), [...wanted.keys()].sort());
    for (const { labels, samples } of got) {
      const list = wanted.get(labels.key) ?? [];
      const { times, values, stale, starts } = samples;
      const back = [...times].map((time, i): Written => ({
        time,
        value: values[i] ?? -1,
        stale: stale?.[i] === 1,
        start: starts?.[i] ?? 0,
      }));
      assertEquals(back, list, labels.toString());
      if (stale === undefined) assert(!list.some((one) => one.stale));
    }
  }
});

Deno.test("Store keeps histograms, also beside numbers and stale markers", async () => {
  const store = new Store();
  const start = Date.now() - 1e6;
  for (let i = 0; i < 300; i++) {
    const sample: BatchSample = i === 150
      ? { series: up("a"), value: 0, stale: true }
      : i % 7 === 0
      ? { series: up("a"), value: i }
      : { series: up("a"), value: 0, histogram: histogram(i) };
    store.append({ source: "a", time: start + i * 1_000, samples: [sample] });
  }
  const { values, stale, histograms } = await only(store, {
    start: start + 100_000,
    end: start + 160_000,
  });
  assertEquals(values.length, 61);
  for (let i = 0; i < 61; i++) {
    const n = i + 100;
    assertEquals(stale?.[i], n === 150 ? 1 : 0);
    assertEquals(values[i], n !== 150 && n % 7 === 0 ? n : NaN);
    assertEquals(histograms?.[i], n === 150 || n % 7 === 0 ? undefined : histogram(n));
  }
});

Deno.test("Store.select() shares the times of a source between its series", async () => {
  const store = new Store();
  const start = Date.now() - 1e6;
  for (let i = 0; i < 200; i++) {
    store.append({
      source: "a",
      time: start + i,
      samples: [{ series: up("a"), value: i }, { series: up("b"), value: i }],
    });
  }
  const [a, b] = await store.select([NAME], { start: start + 10, end: start + 150 });
  assertEquals(a?.samples.times.buffer, b?.samples.times.buffer);
  assertEquals(a?.samples.times.length, 141);
  assertEquals(a?.samples.times[0], start + 10);
});

Deno.test("Store.append() refuses what is out of order, a duplicate or out of bounds", async () => {
  const store = new Store({ clock: () => 1e12, retentionMs: 3_600_000 });
  const append = (time: number, value: number, more: Partial<BatchSample> = {}) =>
    store.append({ source: "a", time, samples: [{ series: up("a"), value, ...more }] });
  const nothing = { outOfOrder: 0, duplicate: 0, outOfBounds: 0, tooManySeries: 0 };
  assertEquals(append(1e12, 1), { appended: 1, added: 1, refused: nothing });
  assertEquals(append(1e12, 1), { appended: 1, added: 0, refused: nothing });
  assertEquals(append(1e12, 2).refused, { ...nothing, duplicate: 1 });
  assertEquals(append(1e12, 1, { stale: true }).refused, { ...nothing, duplicate: 1 });
  assertEquals(append(1e12 - 1, 1).refused, { ...nothing, outOfOrder: 1 });
  assertEquals(append(1e12 + 600_001, 1).refused, { ...nothing, outOfBounds: 1 });
  assertEquals(append(NaN, 1).refused, { ...nothing, outOfBounds: 1 });
  assertEquals(append(1e12 + 0.5, 1).refused, { ...nothing, outOfBounds: 1 });
  assertEquals(append(1e12 - 3_600_001, 1).refused, { ...nothing, outOfBounds: 1 });
  assertEquals([...(await only(store)).values], [1]);
  const { refusedSamples, appendedSamples, samples } = store.stats();
  assertEquals(refusedSamples, { outOfOrder: 1, duplicate: 2, outOfBounds: 4, tooManySeries: 0 });
  assertEquals(appendedSamples, 2);
  assertEquals(samples, 1);
});

Deno.test("Store drops what is older than the retention, series by series", async () => {
  const store = new Store({ retentionMs: 600_000, clock: () => 1e15 });
  const series = Array.from({ length: 50 }, (_, i) => store.handle(up(String(i))));
  store.append({ source: "old", time: 1, samples: [{ series: up("old"), value: 1 }] });
  let most = 0;
  for (let i = 1; i <= 5_000; i++) {
    const samples = series.map((handle) => ({ series: handle, value: i * 1.1 }));
    store.append({ source: "a", time: i * 1_000, samples });
    most = Math.max(most, store.stats().samples);
  }
  const { minTime, maxTime, keptSince } = store.stats();
  assertEquals(store.stats().series, 50);
  assertEquals(maxTime, 5_000_000);
  assertEquals(minTime, 4_400_000);
  assertEquals(keptSince, 4_400_000);
  // A chunk goes when its last sample does.
  assert(most <= 50 * (600 + 2 * 120 + 1), `${most} samples at once`);
  const all = await store.select([NAME], { start: 4_400_000, end: 5_000_000 });
  assertEquals(
    all.map(({ samples }) => samples.times.length),
    Array.from({ length: 50 }, () => 601),
  );
  assertEquals(store.index.values("instance").includes("old"), false);
});

Deno.test("Store.append() lets ended series go for new ones, and refuses more than that", async () => {
  const store = new Store({ maxSeries: 4, clock: () => 1e15 });
  const append = (time: number, ...samples: BatchSample[]) =>
    store.append({ source: "a", time, samples });
  append(1_000, { series: up("first"), value: 1 });
  append(2_000, { series: up("second"), value: 1 }, { series: up("marked"), value: 1 });
  append(300_000, { series: up("second"), value: 1 }, {
    series: up("marked"),
    value: 0,
    stale: true,
  });
  append(310_000, { series: up("second"), value: 1 }, { series: up("fourth"), value: 1 });
  const handle = store.handle(up("first"));

  assertEquals(append(320_000, { series: up("fifth"), value: 1 }).added, 1);
  assertEquals(append(321_000, { series: up("sixth"), value: 1 }).added, 1);
  const { refused, appended } = append(
    322_000,
    { series: up("seventh"), value: 1 },
    { series: up("second"), value: 2 },
  );
  assertEquals(refused.tooManySeries, 1);
  assertEquals(appended, 1);
  assertEquals(store.index.values("instance"), ["fifth", "fourth", "second", "sixth"]);
  assertEquals(store.stats().evictedSeries, 2);

  // A handle of a series that was dropped finds it anew.
  assertEquals(append(700_000, { series: handle, value: 9 }).added, 1);
  const found = await store.select([createMatcher("=", "instance", "first")], ALWAYS);
  assertEquals([...found[0]?.samples.values ?? []], [9]);
});

Deno.test("Store stays within its bytes by dropping the oldest samples", () => {
  const random = seeded(3);
  const store = new Store({ maxBytes: 2_000_000, clock: () => 1e15 });
  const series = Array.from({ length: 100 }, (_, i) => store.handle(up(String(i))));
  for (let i = 1; i <= 6_000; i++) {
    store.append({
      source: "a",
      time: i * 1_000,
      samples: series.map((handle) => ({ series: handle, value: random() })),
    });
  }
  const { bytes, minTime, maxTime, series: count } = store.stats();
  assert(bytes < 2_500_000, `${bytes} bytes`);
  assertEquals(count, 100);
  assertEquals(maxTime, 6_000_000);
  assert(minTime !== undefined && minTime > 1_000_000 && minTime < 5_500_000, `since ${minTime}`);
});

const MATCHED: [matchers: Parameters<typeof createMatcher>[], instances: string][] = [
  [[["=", "job", "x"]], "a b c"],
  [[["=", "job", "x"], ["!=", "instance", "a"]], "b c"],
  [[["=~", "instance", "a|c|zz"]], "a c"],
  [[["=~", "instance", "[ad]"], ["=", "job", "x"]], "a"],
  [[["!~", "instance", "a|b"]], "c d"],
  [[["=", "job", ""]], "d"],
  [[["!=", "job", ""]], "a b c"],
  [[["=~", "job", ".*"], ["=~", "instance", "(?i)A"]], "a"],
  [[["=~", "missing", "|x"], ["=", "instance", "b"]], "b"],
  [[["=", "missing", "x"]], ""],
  [[["!=", "missing", "x"]], "a b c d"],
  [[], "a b c d"],
];

for (const [matchers, instances] of MATCHED) {
  const text = matchers.map(([type, name, value]) => `${name}${type}"${value}"`).join();
  Deno.test(`Store.select() of {${text}} finds what it should`, async () => {
    const store = new Store();
    const time = Date.now();
    const samples = ["a", "b", "c"].map((instance) => ({
      series: up(instance).with("job", "x"),
      value: 1,
    }));
    store.append({ source: "s", time, samples: [...samples, { series: up("d"), value: 1 }] });
    const found = await store.select(matchers.map((matcher) => createMatcher(...matcher)), ALWAYS);
    assertEquals(found.map(({ labels }) => labels.get("instance")).sort().join(" "), instances);
  });
}

Deno.test("Store lists series, names and values of a time, for alternatives of matchers", async () => {
  const store = new Store({ clock: () => 1e15 });
  const at = (time: number, labels: Labels) =>
    store.append({ source: "s", time, samples: [{ series: labels, value: 1 }] });
  at(1_000, up("early").with("zone", "1"));
  at(1_000_000, up("late"));
  const group = [createMatcher("=", "instance", "early")];
  const other = [createMatcher("=", "instance", "late")];
  const late = { start: 900_000, end: 2_000_000 };
  assertEquals(await store.labelNames([], ALWAYS), ["__name__", "instance", "zone"]);
  assertEquals(await store.labelNames([], late), ["__name__", "instance"]);
  assertEquals(await store.labelValues("instance", [group, other], ALWAYS), ["early", "late"]);
  assertEquals(await store.labelValues("zone", [other], ALWAYS), []);
  assertEquals(await store.series([group, other], late), [up("late")]);
  assertEquals(await store.series([], { start: 2, end: 1 }), []);
});

Deno.test("Store keeps the newest exemplars, each once", async () => {
  const store = new Store({ maxExemplars: 3, clock: () => 1e15 });
  const add = (instance: string, time: number, at = time) =>
    store.append({
      source: "s",
      time,
      samples: [{
        series: up(instance),
        value: 1,
        exemplar: { labels: Labels.from({ trace_id: `${instance}${at}` }), value: 1, time: at },
      }],
    });
  add("a", 1_000);
  add("a", 2_000);
  add("a", 3_000, 2_000);
  add("b", 4_000);
  add("b", 5_000);
  const traces = async (start: number) =>
    (await store.exemplars([[NAME]], { start, end: 5_000 })).map(({ labels, exemplars }) => [
      labels.get("instance"),
      exemplars.map((exemplar) => exemplar.labels.get("trace_id")).join(" "),
    ]);
  assertEquals(await traces(0), [["a", "a2000"], ["b", "b4000 b5000"]]);
  assertEquals(await traces(4_500), [["b", "b5000"]]);
});

/** So many series, more than are stored in one go. */
function manySeries(count: number, time: number, value: number) {
  const samples = Array.from({ length: count }, (_, i) => ({ series: up(`i${i}`), value }));
  return { source: "s", time, samples };
}

Deno.test("Store.appendInSlices() lets others have their turns, and none of them sees half a batch", async () => {
  const store = new Store();
  const count = 30_000;
  const time = Date.now();
  const alone = { series: up("alone"), value: 1, time: time - 1 };
  const batch = (at: number) => {
    const { samples, ...rest } = manySeries(count, at, 1);
    return { ...rest, samples: [alone, ...samples] };
  };
  const some = createMatcher("=~", "instance", `alone|i0|i${count - 1}`);
  const seen = new Set<number>();
  const look = async () => {
    const found = await store.select([some], ALWAYS);
    seen.add(found.reduce((sum, { samples }) => sum + samples.values.length, 0));
  };
  for (const at of [time, time + 1]) {
    let isWhole = false;
    const work = store.appendInSlices(batch(at)).finally(() => isWhole = true);
    let turns = 0;
    for (; !isWhole; turns++) {
      await new Promise((resolve) => setTimeout(resolve));
      await look();
    }
    await work;
    assert(turns > 2, `${turns} turns`);
  }
  await look();
  assertEquals([...seen].sort((a, b) => a - b), [0, 3, 5]);
});

Deno.test("Store.appendInSlices() that is broken off does not hide what its source stores later", async () => {
  const store = new Store();
  const time = Date.now();
  const batch = manySeries(30_000, time, 1);
  const pace = new Pace({ signal: AbortSignal.abort(new Error("enough")) });
  await assertRejects(() => store.appendInSlices(batch, pace), Error, "enough");
  const later = { series: up("later"), value: 2 };
  store.append({ source: batch.source, time: time + 1, samples: [later] });
  const found = await store.select([createMatcher("=", "instance", "later")], ALWAYS);
  assertEquals(found.map(({ samples }) => [...samples.values]), [[2]]);
});

Deno.test("Store.appendInSlices() counts what it refuses, as append() does", async () => {
  const stores = [new Store({ maxSeries: 2_000 }), new Store({ maxSeries: 2_000 })] as const;
  const time = Date.now();
  for (const [at, value] of [[time, 1], [time - 1, 1], [time, 2], [time, 1], [0, 1]] as const) {
    const batch = manySeries(3_000, at, value);
    assertEquals(await stores[0].appendInSlices(batch), stores[1].append(batch));
  }
  assertEquals(stores[0].stats(), stores[1].stats());
});

Deno.test("Store.select() gives way while it decodes one long series, whatever becomes of that meanwhile", async () => {
  const store = new Store({ retentionMs: 400_000_000, clock: () => 900_000_000 });
  const series = store.handle(up("a"));
  const put = (time: number, stale: boolean) =>
    store.append({ source: "s", time, samples: [{ series, value: time, stale }] });
  const count = 400_000;
  for (let i = 1; i <= count; i++) put(i * 1000, i % 1000 === 0);
  let turns = 0;
  const timer = setInterval(() => {
    // What is read is dropped, and the chunk that is open goes on.
    put(count * 1000 + ++turns * 50_000_000, false);
  }, 0);
  const [found] = await store.select([NAME], ALWAYS);
  clearInterval(timer);
  const { times = [], values = [], stale = [] } = found?.samples ?? {};
  assert(turns > 1, `${turns} turns`);
  assertEquals(times.at(-1), count * 1000);
  for (const [i, time] of times.entries()) {
    const isStale = time % 1_000_000 === 0;
    if (
      time === (count - times.length + i + 1) * 1000 && Object.is(values[i], isStale ? NaN : time)
    ) {
      if (stale[i] === (isStale ? 1 : 0)) continue;
    }
    assertEquals([i, time, values[i], stale[i]], []);
  }
});

Deno.test("Store.select() stops when it is aborted", async () => {
  const signal = AbortSignal.abort(new Error("enough"));
  await assertRejects(() => new Store().select([], ALWAYS, { signal }), Error, "enough");
});

Deno.test("Store.addMetadata() keeps what targets say differently", () => {
  const store = new Store();
  const counter = { type: "counter", help: "Calls.", unit: "" };
  store.addMetadata("calls", counter);
  store.addMetadata("calls", { ...counter });
  store.addMetadata("calls", { ...counter, help: "Other calls." });
  assertEquals(store.metadata().get("calls")?.map(({ help }) => help), ["Calls.", "Other calls."]);
});

Deno.test("Store refuses limits that make no sense", () => {
  assertThrows(() => new Store({ maxSeries: -1 }), RangeError, "'maxSeries'");
  assertThrows(() => new Store({ retentionMs: NaN }), RangeError, "'retentionMs'");
});
