import { assertEquals } from "@std/assert";
import { SYSTEM_CLOCK, type Tick, ticks } from "./clock.ts";
import { FakeClock } from "./clock_fixture.ts";

function follow(
  clock: FakeClock,
  start: number,
  work: () => Promise<void> = () => Promise.resolve(),
): { readonly seen: Tick[]; readonly close: () => Promise<void> } {
  const stop = new AbortController();
  const seen: Tick[] = [];
  const done = (async () => {
    for await (const tick of ticks({ start, intervalMs: 1_000, clock, signal: stop.signal })) {
      seen.push(tick);
      await work();
    }
  })();
  return {
    seen,
    close() {
      stop.abort();
      return done;
    },
  };
}

Deno.test("ticks() come at whole intervals from the start on, however long the work takes", async () => {
  const clock = new FakeClock(500);
  const never = new AbortController().signal;
  const { seen, close } = follow(clock, 1_000, () => clock.sleep(300, never));
  await clock.advance(3_000);
  await clock.advance(1_000);
  assertEquals(seen, [1_000, 2_000, 3_000, 4_000].map((due) => ({ due, missed: 0 })));
  const closed = close();
  await clock.advance(300);
  await closed;
});

Deno.test("ticks() that came while the work went on are counted, and the newest is made up for", async () => {
  const clock = new FakeClock(1_000);
  const never = new AbortController().signal;
  const durations = [3_500, 0, 0];
  const { seen, close } = follow(clock, 1_000, () => clock.sleep(durations.shift() ?? 0, never));
  await clock.advance(5_000);
  assertEquals(seen, [
    { due: 1_000, missed: 0 },
    { due: 4_000, missed: 2 },
    { due: 5_000, missed: 0 },
    { due: 6_000, missed: 0 },
  ]);
  await close();
});

Deno.test("ticks() go on when the clock is set back", async () => {
  const clock = new FakeClock(100_000);
  const { seen, close } = follow(clock, 100_000);
  await clock.advance(500);
  clock.set(50_000);
  await clock.advance(2_500);
  assertEquals(seen.map(({ due }) => due), [100_000, 51_500, 52_500]);
  await close();
});

Deno.test("SYSTEM_CLOCK wakes at once who sleeps when the signal comes", async () => {
  const stop = new AbortController();
  const sleep = SYSTEM_CLOCK.sleep(1e12, stop.signal);
  stop.abort();
  await sleep;
  await SYSTEM_CLOCK.sleep(1e12, stop.signal);
  await SYSTEM_CLOCK.sleep(0, new AbortController().signal);
});
