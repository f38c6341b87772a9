import { assert, assertEquals, assertGreater, assertRejects } from "@std/assert";
import type { Queryable } from "../samples.ts";
import { Engine } from "./engine.ts";
import { QueryError } from "./errors.ts";
import { fixtureStorage } from "./evaluate/storage_fixture.ts";

const DATA = `
  up{job="a"} 1 1 0
  up{job="b"} 0 1 1
`;

/** A store that answers when it is told to. */
function heldStorage(): {
  readonly storage: Queryable;
  readonly asked: Promise<void>;
  answer(): void;
} {
  const asked = Promise.withResolvers<void>();
  const answered = Promise.withResolvers<void>();
  const inner = fixtureStorage(DATA);
  const storage: Queryable = {
    ...inner,
    select: async (matchers, range) => {
      asked.resolve();
      await answered.promise;
      return await inner.select(matchers, range);
    },
  };
  return { storage, asked: asked.promise, answer: () => answered.resolve() };
}

for (
  const [query, type] of [["1 + 1", "scalar"], ['"text"', "string"], ["up", "vector"], [
    "up[5m]",
    "matrix",
  ]] as const
) {
  Deno.test(`Engine.instant() of ${query} gives a ${type}`, async () => {
    const { result } = await new Engine().instant(fixtureStorage(DATA), { query, time: 60_000 });
    assertEquals(result.type, type);
    if (result.type !== "matrix") assertEquals(result.time, 60_000);
  });
}

Deno.test("Engine.range() gives a matrix, sorted by labels, for scalars too", async () => {
  const engine = new Engine();
  const times = { start: 0, end: 150_000, step: 60_000 };
  const { result } = await engine.range(fixtureStorage(DATA), { query: "-up", ...times });
  assert(result.type === "matrix");
  assertEquals(result.series.map(({ labels }) => labels.toString()), ['{job="a"}', '{job="b"}']);
  assertEquals(result.series.map(({ times }) => [...times]), [[0, 60_000, 120_000], [
    0,
    60_000,
    120_000,
  ]]);
  const scalar = await engine.range(fixtureStorage(DATA), { query: "time()", ...times });
  assert(scalar.result.type === "matrix");
  assertEquals([...scalar.result.series[0]?.values ?? []], [0, 60, 120]);
});

Deno.test("Engine.range() refuses what is neither a scalar nor an instant vector", async () => {
  const error = await assertRejects(
    () => new Engine().range(fixtureStorage(DATA), { query: "up[5m]", start: 0, end: 1, step: 1 }),
    QueryError,
  );
  assertEquals(error.type, "bad_data");
  assertEquals(
    error.message,
    'invalid expression type "range vector" for range query, must be Scalar or instant Vector',
  );
});

Deno.test("Engine.instant() refuses to hold more samples than it may", async () => {
  const storage = fixtureStorage(DATA);
  const time = 120_000;
  const query = "sum_over_time(up[5m])";
  const error = await assertRejects(
    () => new Engine({ maxSamples: 2 }).instant(storage, { query, time }),
    QueryError,
  );
  assertEquals(error.type, "execution");
  assertEquals(
    error.message,
    "query processing would load too many samples into memory in query execution",
  );
  const { samples } = await new Engine({ maxSamples: 4 }).instant(storage, { query, time });
  assertEquals(samples.total, 6);
  assertGreater(samples.peak, 2);
});

Deno.test("Engine.instant() gives up once its time is over", async () => {
  const { storage, answer } = heldStorage();
  const error = await assertRejects(
    () => new Engine().instant(storage, { query: "up", time: 0 }, { timeoutMs: 1 }),
    QueryError,
  );
  assertEquals(error.type, "timeout");
  assertEquals(error.message, "query timed out in expression evaluation");
  answer();
});

Deno.test("Engine.instant() gives up when it is told to", async () => {
  const { storage, asked, answer } = heldStorage();
  const controller = new AbortController();
  const evaluation = new Engine().instant(storage, { query: "up", time: 0 }, controller);
  await asked;
  controller.abort();
  const error = await assertRejects(() => evaluation, QueryError);
  assertEquals(error.type, "canceled");
  assertEquals(error.message, "query was canceled in expression evaluation");
  answer();
});

Deno.test("Engine.range() stops long work in the middle of it", async () => {
  const lines = Array.from({ length: 50 }, (_, i) => `x{n="${i}"} 0+1x600`).join("\n");
  const storage = fixtureStorage(lines, { stepMs: 1000 });
  const controller = new AbortController();
  const query = "sum_over_time(max_over_time(x[5m])[10m:1s])";
  const evaluation = new Engine().range(storage, {
    query,
    start: 0,
    end: 600_000,
    step: 1000,
  }, controller);
  queueMicrotask(() => controller.abort());
  const error = await assertRejects(() => evaluation, QueryError);
  assertEquals(error.type, "canceled");
});

Deno.test("Engine.range() gives other work its turns", async () => {
  const lines = Array.from({ length: 200 }, (_, i) => `x{n="${i}"} 0+1x600`).join("\n");
  const storage = fixtureStorage(lines, { stepMs: 1000 });
  let turns = 0;
  let isOver = false;
  const count = () => {
    turns++;
    if (!isOver) setTimeout(count, 0);
  };
  count();
  const query = "sum(sum_over_time(x[5m]))";
  await new Engine().range(storage, { query, start: 0, end: 600_000, step: 1000 });
  isOver = true;
  await new Promise((resolve) => setTimeout(resolve, 0));
  assertGreater(turns, 2);
});

Deno.test("Engine.instant() lets queries wait where too many run, as long as their time allows", async () => {
  const engine = new Engine({ maxConcurrent: 1 });
  const { storage, asked, answer } = heldStorage();
  const first = engine.instant(storage, { query: "up", time: 0 });
  await asked;
  const quick = fixtureStorage(DATA);
  const second = engine.instant(quick, { query: "up", time: 0 });
  const error = await assertRejects(
    () => engine.instant(quick, { query: "up", time: 0 }, { timeoutMs: 1 }),
    QueryError,
  );
  assertEquals(error.message, "query timed out in query queue");
  answer();
  await first;
  assertEquals((await second).result.type, "vector");
});

Deno.test("Engine.instant() tells what the store could not do", async () => {
  const storage = { ...fixtureStorage(DATA), select: () => Promise.reject(new Error("disk gone")) };
  const error = await assertRejects(
    () => new Engine().instant(storage, { query: "up", time: 0 }),
    QueryError,
  );
  assertEquals(error.type, "execution");
  assertEquals(error.message, "expanding series: disk gone");
});
