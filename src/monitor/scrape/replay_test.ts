import { assertEquals, assertRejects } from "@std/assert";
import { ExpositionError } from "../exposition/mod.ts";
import { createMatcher } from "../store/matcher.ts";
import { Store } from "../store/store.ts";
import { importExposition, type ImportProgress } from "./replay.ts";

const ALWAYS = { start: -Infinity, end: Infinity };

function openStore(): Store {
  return new Store({ retentionMs: Infinity });
}

async function contents(store: Store): Promise<Record<string, [number, number][]>> {
  const all = await store.select([createMatcher("=~", "__name__", ".+")], ALWAYS);
  return Object.fromEntries(
    all.map(({ labels, samples: { times, values } }) =>
      [
        labels.toString(),
        [...times].map((time, i): [number, number] => [time, values[i] ?? NaN]),
      ] as const
    ).sort(([a], [b]) => a < b ? -1 : 1),
  );
}

Deno.test("importExposition() stores samples with their times, metadata and exemplars", async () => {
  const store = openStore();
  const found = await importExposition(
    store,
    `# HELP hits_total Hits.
# TYPE hits_total counter
hits_total{job="a"} 1 1.5
hits_total{job="a"} 2 2.5 # {trace="x"} 0.5 2.25
hits_total{job="b"} NaN 1.5
# EOF
`,
  );
  assertEquals(found, { series: 2, samples: 3, dropped: 0, start: 1_500, end: 2_500 });
  assertEquals(await contents(store), {
    'hits_total{job="a"}': [[1_500, 1], [2_500, 2]],
    'hits_total{job="b"}': [[1_500, NaN]],
  });
  assertEquals(store.metadata().get("hits_total"), [{ type: "counter", help: "Hits.", unit: "" }]);
  const [exemplars] = await store.exemplars([], ALWAYS);
  assertEquals(exemplars?.exemplars.map(({ time, value }) => [time, value]), [[2_250, 0.5]]);
});

Deno.test("importExposition() takes samples in any order, and of two for one time the first", async () => {
  const store = openStore();
  const found = await importExposition(
    store,
    `a{x="1",y="2"} 3 3
b 30 3
a{y="2",x="1"} 1 1
b 10 1
a{x="1",y="2"} 2 2
a{x="1",y="2"} 9 2
# EOF
`,
  );
  assertEquals(found, { series: 2, samples: 5, dropped: 1, start: 1_000, end: 3_000 });
  assertEquals(await contents(store), {
    'a{x="1", y="2"}': [[1_000, 1], [2_000, 2], [3_000, 3]],
    b: [[1_000, 10], [3_000, 30]],
  });
});

const LONG = "x".repeat(400);

/** Longer than a slice, with a type that decides how `le` is written until the end. */
function* longRecording(series: number, steps: number): Generator<string> {
  yield "# TYPE h histogram\n";
  for (let i = 0; i < series; i++) {
    for (let step = 0; step < steps; step++) {
      yield `h_bucket{instance="i${i}",le="1",x="${LONG}"} ${step} ${step}.25\n`;
    }
  }
  yield "# EOF\n";
}

Deno.test("importExposition() reads a stream slice by slice, wherever it is cut", async () => {
  const store = openStore();
  const text = [...longRecording(10, 3_000)].join("");
  const pieces = ReadableStream.from(text.match(/[^]{1,1000}/g) ?? []);
  const progress: ImportProgress[] = [];
  const found = await importExposition(store, pieces, {
    onProgress: (now) => progress.push(now),
  });
  assertEquals(found, {
    series: 10,
    samples: 30_000,
    dropped: 0,
    start: 250,
    end: 2_999_250,
  });
  assertEquals(progress.length > 1, true);
  assertEquals(progress.at(-1), { lines: 30_002, samples: 30_000 });
  const labels = (await store.series([], ALWAYS)).map(String).sort();
  assertEquals(labels[0], `h_bucket{instance="i0", le="1.0", x="${LONG}"}`);
  assertEquals(labels.length, 10);
});

Deno.test("importExposition() gives the same store for a whole text and for one in pieces", async () => {
  const text = [...longRecording(5, 3_000)].join("");
  const whole = openStore();
  const cut = openStore();
  await importExposition(whole, text);
  await importExposition(cut, ReadableStream.from(longRecording(5, 3_000)));
  assertEquals(await contents(cut), await contents(whole));
});

const FAULTS: readonly [string, string, string][] = [
  ["a sample without a time", "a 1 1\nb 2\n# EOF\n", "at line 2: expected a timestamp"],
  ["a sample without a time, after comments", "# TYPE b gauge\na 1 1\nb 2\n# EOF\n", "at line 3:"],
  ["a broken line", "a 1 1\na one 2\n# EOF\n", "at line 2, column 3"],
  ["an end that is missing", "a 1 1\n", "expected '# EOF'"],
  ["what follows the end", "a 1 1\n# EOF\na 2 2\n", "at line 3, column 1"],
  ["no sample at all", "# EOF\n", "there is no sample in it"],
  ["nothing at all", "", "expected '# EOF'"],
];

for (const [what, text, message] of FAULTS) {
  Deno.test(`importExposition() refuses ${what}, says where, and stores nothing`, async () => {
    const store = openStore();
    await assertRejects(() => importExposition(store, text), ExpositionError, message);
    assertEquals(store.stats().series, 0);
  });
}

Deno.test("importExposition() counts lines over all slices", async () => {
  function* broken(): Generator<string> {
    for (let i = 0; i < 20_000; i++) yield `a{i="${i % 10}",x="${LONG}"} 1 ${i}\n`;
    yield "a one 2\n# EOF\n";
  }
  const error = await assertRejects(
    () => importExposition(openStore(), ReadableStream.from(broken())),
    ExpositionError,
    "at line 20001, column 3",
  );
  assertEquals(error.line, 20_001);
  function* untimed(): Generator<string> {
    for (let i = 0; i < 20_000; i++) yield `# HELP a ${LONG}\na 1 ${i}\n`;
    yield "a 1\n# EOF\n";
  }
  await assertRejects(
    () => importExposition(openStore(), ReadableStream.from(untimed())),
    ExpositionError,
    "at line 40001:",
  );
});

Deno.test("importExposition() ends when its signal does", async () => {
  const stop = new AbortController();
  const endless = ReadableStream.from(longRecording(1_000, 1_000));
  await assertRejects(
    () =>
      importExposition(openStore(), endless, {
        signal: stop.signal,
        onProgress: () => stop.abort(new Error("enough")),
      }),
    Error,
    "enough",
  );
});
