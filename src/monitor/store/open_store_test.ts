import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { startChild } from "../../testing/child.ts";
import { testWith } from "../../testing/permissions.ts";
import type { FloatHistogram } from "../histogram/float_histogram.ts";
import { Labels } from "../labels.ts";
import type { Series } from "../samples.ts";
import type { BatchSample } from "./batch.ts";
import { ByteWriter } from "./codec/byte_writer.ts";
import { readFrames, writeFrame } from "./log/frames.ts";
import { createMatcher } from "./matcher.ts";
import { openStore, type OpenStoreOptions } from "./open_store.ts";
import { seeded } from "./random_fixture.ts";
import type { Store } from "./store.ts";

const ALWAYS = { start: -Infinity, end: Infinity };
const START = 1_700_000_000_000;

/** Runs with a directory that is gone afterwards. */
async function inDirectory(run: (directory: string) => Promise<void>): Promise<void> {
  const directory = await Deno.makeTempDir();
  try {
    await run(directory);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

/** A store that writes only when it is closed, or told to. */
async function open(directory: string, options: OpenStoreOptions = {}) {
  const warnings: string[] = [];
  const store = await openStore({
    directory,
    writeEveryMs: 1e9,
    warn: (message) => warnings.push(message),
    ...options,
  });
  return { store, warnings };
}

async function all(store: Store): Promise<Map<string, Series["samples"]>> {
  const found = await store.select([createMatcher("=~", "__name__", ".+")], ALWAYS);
  return new Map(
    found.sort((a, b) => a.labels.compare(b.labels))
      .map(({ labels, samples }) => [labels.toString(), samples]),
  );
}

const HISTOGRAM: FloatHistogram = {
  counterReset: "reset",
  schema: -53,
  count: 3,
  sum: -0.1,
  zeroThreshold: 0,
  zeroCount: 0,
  positive: { indexes: [0, 2], counts: [1, 2] },
  negative: { indexes: [-4], counts: [0.5] },
  customBounds: [0.1, 5, 10],
};

/** Samples of all sorts. */
function fill(store: Store, from: number, to: number): void {
  const random = seeded(from);
  const special = [0, -0, NaN, Infinity, 1.5, 5e-324, 2 ** 60, -7];
  for (let i = from; i < to; i++) {
    const samples: BatchSample[] = [];
    for (let n = 0; n < 12; n++) {
      const labels = Labels.from({ __name__: "n", number: String(n), text: 'é\n"\u{1f600}' });
      if (n === 3 && i % 30 > 20) continue;
      samples.push({
        series: labels,
        value: n < 4 ? special[Math.floor(random() * special.length)] ?? 0 : random() * i,
        ...n === 4 && i % 10 === 0 && { stale: true },
        ...n === 5 && i % 3 === 0 && { histogram: HISTOGRAM },
        ...n === 6 && { time: START + i * 5_000 - 17 },
        ...n === 7 && { start: START - 1 },
        ...n === 8 && {
          exemplar: {
            labels: Labels.from({ trace_id: String(i) }),
            value: 0.5,
            time: START + i * 5_000,
          },
        },
      });
    }
    store.append({ source: "a", time: START + i * 5_000 + Math.floor(random() * 5), samples });
  }
}

testWith(
  ["read", "write"],
  "openStore() has again what was there, from the log",
  () =>
    inDirectory(async (directory) => {
      const first = await open(directory);
      fill(first.store, 0, 500);
      first.store.addMetadata("n", { type: "gauge", help: "Numbers.", unit: "" });
      const before = await all(first.store);
      await first.store.close();

      const second = await open(directory);
      assertEquals(await all(second.store), before);
      assertEquals(second.store.stats().samples, first.store.stats().samples);
      assertEquals(second.store.metadata().get("n")?.[0]?.help, "Numbers.");
      assertEquals(second.warnings, []);
      await second.store.close();
    }),
);

testWith(
  ["read", "write"],
  "openStore() has again what was there, from blocks and logs of several runs",
  () =>
    inDirectory(async (directory) => {
      let expected = new Map<string, Series["samples"]>();
      for (let run = 0; run < 5; run++) {
        const { store, warnings } = await open(directory);
        assertEquals(await all(store), expected, `run ${run}`);
        fill(store, run * 400, run * 400 + 130);
        if (run !== 2) await store.compact();
        fill(store, run * 400 + 130, run * 400 + 300);
        if (run === 3) await store.compact();
        store.append({
          source: `source ${run}`,
          time: START + run * 400 * 5_000,
          samples: [{ series: Labels.from({ __name__: "run", run: String(run) }), value: run }],
        });
        expected = await all(store);
        const [exemplars] = await store.exemplars([], ALWAYS);
        assertEquals(exemplars?.exemplars.length, (run + 1) * 300);
        await store.close();
        assertEquals(warnings, []);
      }
      const names = [...Deno.readDirSync(directory)].map(({ name }) => name);
      assertEquals(names.filter((name) => name.startsWith("block")).length, 5);
      assertEquals(names.filter((name) => name.startsWith("log")).length, 1);
    }),
);

testWith(
  ["read", "write"],
  "openStore() drops blocks that are older than the retention",
  () =>
    inDirectory(async (directory) => {
      const { store } = await open(directory, { retentionMs: 600_000 });
      for (let part = 0; part < 6; part++) {
        fill(store, part * 100, part * 100 + 100);
        await store.compact();
      }
      await store.close();
      const blocks = [...Deno.readDirSync(directory)].filter(({ name }) =>
        name.startsWith("block")
      );
      assertEquals(blocks.length, 2);
    }),
);

testWith(
  ["read", "write"],
  "openStore() cuts a torn tail off, wherever it is torn",
  () =>
    inDirectory(async (directory) => {
      const { store } = await open(directory);
      const labels = Labels.from({ __name__: "n" });
      const add = (to: Store, i: number) =>
        to.append({ source: "a", time: START + i, samples: [{ series: labels, value: i + 0.5 }] });
      for (let i = 0; i < 3; i++) add(store, i);
      await store.close();
      const [log] = [...Deno.readDirSync(directory)].filter(({ name }) => name.startsWith("log"));
      const path = `${directory}/${log?.name}`;
      const whole = await Deno.readFile(path);
      const sizes = readFrames(whole).frames.map((frame) => frame.length + 12);
      for (let length = 0; length < whole.length; length++) {
        await Deno.writeFile(path, whole.subarray(0, length));
        const { store, warnings } = await open(directory);
        let left = length;
        const kept = sizes.filter((size) => (left -= size) >= 0).length;
        const ends = [0, 1, 2, 3].map((n) => sizes.slice(0, n).reduce((a, b) => a + b, 0));
        assertEquals(
          [...(await all(store)).values()].flatMap(({ values }) => [...values]),
          [0.5, 1.5, 2.5].slice(0, kept),
        );
        assertEquals(
          warnings.length,
          ends.includes(length) ? 0 : 1,
          `${length} bytes: ${warnings}`,
        );
        if (warnings[0] !== undefined) assertStringIncludes(warnings[0], "cut off");
        // It goes on, and what comes after the cut is found next time.
        add(store, 10);
        await store.close();
        const again = await open(directory);
        assertEquals(again.warnings, []);
        assertEquals([...(await all(again.store)).values()][0]?.values.at(-1), 10.5);
        await again.store.close();
        for (const { name } of Deno.readDirSync(directory)) {
          if (name !== log?.name) await Deno.remove(`${directory}/${name}`);
        }
      }
    }),
);

testWith(
  ["read", "write"],
  "openStore() keeps what is before and after damage, in logs and blocks",
  () =>
    inDirectory(async (directory) => {
      for (const kind of ["log", "block"]) {
        const { store } = await open(directory);
        for (let i = 0; i < 50; i++) {
          const samples = Array.from({ length: 20 }, (_, n) => ({
            series: Labels.from({ __name__: "n", kind, number: String(n) }),
            value: i,
          }));
          store.append({ source: kind, time: START + i * 1_000, samples });
        }
        if (kind === "block") await store.compact();
        await store.close();
      }
      for (const kind of ["log", "block"]) {
        const file = [...Deno.readDirSync(directory)].find(({ name }) => name.startsWith(kind));
        if (file === undefined) continue;
        const path = `${directory}/${file.name}`;
        const whole = await Deno.readFile(path);
        const damaged = whole.slice();
        damaged.fill(0xa1, whole.length / 2, whole.length / 2 + 40);
        await Deno.writeFile(path, damaged);
        const { store, warnings } = await open(directory);
        assertEquals(warnings.length, 1, warnings.join());
        assertStringIncludes(warnings[0] ?? "", "is damaged");
        const { samples } = store.stats();
        assert(samples > 1_000 && samples < 2_000, `${samples} samples`);
        await store.close();
        await Deno.writeFile(path, whole);
      }
    }),
);

testWith(
  ["read", "write"],
  "openStore() takes any bytes as a log or a block",
  () =>
    inDirectory(async (directory) => {
      const random = seeded(11);
      const frames = new ByteWriter();
      for (let i = 0; i < 500; i++) {
        const content = Uint8Array.from(
          { length: Math.floor(random() * 60) },
          () => random() * 256,
        );
        // Whole frames of each type with senseless content, and rubbish between them.
        content[0] = i % 7;
        writeFrame(content, frames);
        if (i % 50 === 0) frames.bytes(content);
      }
      await Deno.writeFile(`${directory}/log-00000002`, frames.written);
      await Deno.writeFile(`${directory}/block-00000001`, frames.written);
      const { store, warnings } = await open(directory);
      assert(warnings.length > 2);
      fill(store, 0, 10);
      await store.close();
    }),
);

testWith(
  ["read", "write", "run"],
  "openStore() is for one process at a time, and survives kill -9",
  () =>
    inDirectory(async (directory) => {
      const start = Date.now() - 1e6;
      {
        await using child = await startChild({
          script: new URL("log/writer_fixture.ts", import.meta.url),
          permissions: [`--allow-read=${directory}`, `--allow-write=${directory}`],
          args: [directory, String(start)],
        });
        const error = await assertRejects(() => open(directory), Error);
        assertEquals(
          error.message,
          `Cannot open the store in '${directory}': another process uses it (process ${child.pid})`,
        );
        await child.line("stored 400.");
      }
      const { store, warnings } = await open(directory);
      const samples = [...(await all(store)).values()];
      assertEquals(samples.length, 20);
      for (const { times, values } of samples) {
        // All up to a moment before its end, without a hole; each scrape whole.
        assert(values.length > 300, `${values.length} samples`);
        assertEquals(values.length, samples[0]?.values.length);
        values.forEach((value, i) => assertEquals([value, times[i]], [i, start + i]));
      }
      for (const warning of warnings) assertStringIncludes(warning, "cut off");
      await store.close();
    }),
);

testWith(
  ["read", "write"],
  "openStore() tells of writing that fails, and goes on in memory",
  () =>
    inDirectory(async (directory) => {
      const { store, warnings } = await open(directory, { writeEveryMs: 1 });
      await Deno.mkdir(`${directory}/log-00000001`);
      fill(store, 0, 10);
      await store.flush();
      fill(store, 10, 20);
      await store.close();
      assertEquals(warnings.length, 1);
      assertStringIncludes(warnings[0] ?? "", `Cannot write to the store in '${directory}'`);
      assertEquals((await all(store)).size, 12);
    }),
);

testWith(
  ["read", "write"],
  "openStore() says why a directory cannot be used",
  () =>
    inDirectory(async (directory) => {
      await Deno.writeTextFile(`${directory}/file`, "");
      const error = await assertRejects(() => open(`${directory}/file`), Error);
      assertStringIncludes(error.message, `Cannot open the store in '${directory}/file': `);
    }),
);

testWith(
  ["read", "write"],
  "Store.compact() loses nothing where it cannot write",
  () =>
    inDirectory(async (directory) => {
      const { store, warnings } = await open(directory);
      fill(store, 0, 200);
      await Deno.mkdir(`${directory}/block-00000001.new`);
      await store.compact();
      assertStringIncludes(warnings[0] ?? "", "Cannot write a block of the store");
      await Deno.mkdir(`${directory}/block-00000001.new`, { recursive: true });
      await Deno.remove(`${directory}/block-00000001.new`);
      fill(store, 200, 400);
      const before = await all(store);
      await store.compact();
      await store.close();
      const names = [...Deno.readDirSync(directory)].map(({ name }) => name).sort();
      assertEquals(names, ["block-00000002", "lock"]);
      const again = await open(directory);
      assertEquals(await all(again.store), before);
      await again.store.close();
    }),
);

testWith(
  ["read", "write"],
  "openStore() gets a long batch back whole, or nothing of it where its end is not in the log",
  async () => {
    await inDirectory(async (directory) => {
      const count = 5_000;
      const { store } = await open(directory);
      const samples = Array.from(
        { length: count },
        (_, i) => ({ series: Labels.from({ __name__: "n", i: String(i) }), value: i }),
      );
      const first = store.appendInSlices({ source: "s", time: START, samples });
      store.append({
        source: "t",
        time: START,
        samples: [{ series: Labels.from({ __name__: "up" }), value: 1 }],
      });
      await first;
      await store.flush();
      await store.appendInSlices({ source: "s", time: START + 1, samples });
      await store.close();

      const again = await open(directory);
      assertEquals(again.warnings, []);
      assertEquals(again.store.stats().samples, 2 * count + 1);
      const ofOne = (await all(again.store)).get('n{i="4999"}');
      assertEquals([...ofOne?.times ?? []], [START, START + 1]);
      await again.store.close();

      const [log] = [...Deno.readDirSync(directory)].filter(({ name }) => name.startsWith("log"));
      const path = `${directory}/${log?.name}`;
      const { frames } = readFrames(await Deno.readFile(path));
      const out = new ByteWriter();
      for (const frame of frames.slice(0, -1)) writeFrame(frame, out);
      await Deno.writeFile(path, out.written);
      const cut = await open(directory);
      assertEquals(cut.warnings.length, 1);
      assertStringIncludes(cut.warnings[0] ?? "", "has no end");
      assertEquals(cut.store.stats().samples, count + 1);
      await cut.store.close();
    });
  },
);
