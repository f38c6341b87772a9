import { assert, assertEquals, assertRejects } from "@std/assert";
import { RpcError } from "../rpc/status.ts";
import { type CallEnd, type LoadOptions, runLoad } from "./load.ts";

async function load(options: Partial<LoadOptions>): Promise<CallEnd[]> {
  const ends: CallEnd[] = [];
  await runLoad({
    call: () => Promise.resolve("Hello!"),
    onEnd: (end) => ends.push(end),
    periodMs: 0,
    concurrency: 1,
    durationMs: Infinity,
    count: Infinity,
    signal: new AbortController().signal,
    ...options,
  });
  return ends;
}

Deno.test("runLoad() makes as many calls as asked, however many workers there are", async () => {
  for (const concurrency of [1, 3, 50]) {
    assertEquals((await load({ count: 20, concurrency })).length, 20);
  }
});

Deno.test("runLoad() runs as many calls at once as it may, and no more", async () => {
  let running = 0;
  let most = 0;
  const gate = Promise.withResolvers<void>();
  await load({
    count: 9,
    concurrency: 3,
    call: async () => {
      most = Math.max(most, ++running);
      if (running === 3) gate.resolve();
      await gate.promise;
      running--;
    },
  });
  assertEquals(most, 3);
});

Deno.test("runLoad() starts no call once the duration is over", async () => {
  const ends = await load({ periodMs: 20, durationMs: 50 });
  assertEquals(ends.length, 3, "calls at 0, 20 and 40 ms");
});

Deno.test("runLoad() reports a failed call with its status and goes on", async () => {
  let calls = 0;
  const ends = await load({
    count: 3,
    call: () =>
      ++calls === 2 ? Promise.reject(new RpcError("UNAVAILABLE", "gone")) : Promise.resolve("hi"),
  });
  assertEquals(ends.map(({ code }) => code), ["OK", "UNAVAILABLE", "OK"]);
  assertEquals([ends[0]?.reply, ends[1]?.error?.message], ["hi", "gone"]);
});

Deno.test("runLoad() ends with what is no failed call", async () => {
  await assertRejects(
    () => load({ call: () => Promise.reject(new TypeError("a bug")) }),
    TypeError,
    "a bug",
  );
});

Deno.test("runLoad() stops waiting when it is told to stop, and lets the running call finish", async () => {
  const stop = new AbortController();
  const reply = Promise.withResolvers<string>();
  const ends: CallEnd[] = [];
  const done = load({
    periodMs: 3_600_000,
    concurrency: 2,
    signal: stop.signal,
    onEnd: (end) => ends.push(end),
    call: () => reply.promise,
  });
  stop.abort();
  reply.resolve("late");
  await done;
  assertEquals(ends.map(({ reply }) => reply), ["late"]);
});

Deno.test("runLoad() measures each call from its start to its end", async () => {
  const [end] = await load({ count: 1, call: () => new Promise((done) => setTimeout(done, 20)) });
  assert(end !== undefined && end.seconds >= 0.015 && end.seconds < 20);
});
