import { assertEquals, assertThrows } from "@std/assert";
import { FakeClock } from "../clock_fixture.ts";
import { contents, FakeTarget, logInto, NOON, openStore, reports } from "./scrape_fixture.ts";
import { Scraper } from "./scraper.ts";
import type { Target } from "./target.ts";

function begin(targets: readonly Target[]) {
  const clock = new FakeClock(NOON);
  const store = openStore();
  const lines: string[] = [];
  const scraper = new Scraper({
    store,
    targets,
    intervalMs: 5_000,
    timeoutMs: 5_000,
    log: logInto(lines),
    clock,
  });
  return { clock, store, lines, scraper };
}

const SERIES = 'a{instance="a:1", job="test"}';

Deno.test("Scraper scrapes at once, then at every interval, and marks the end when it is closed", async () => {
  const target = new FakeTarget();
  target.page = "a 1\n";
  const { clock, store, scraper, lines } = begin([target]);
  assertEquals(scraper.active()[0]?.health, "unknown");
  await clock.advance(12_000);
  await scraper.close();
  assertEquals((await contents(store))[SERIES], [
    [0, 1],
    [5_000, 1],
    [10_000, 1],
    [12_000, "stale"],
  ]);
  assertEquals((await reports(store))["up"], "stale");
  assertEquals(lines, []);
});

Deno.test("Scraper gives a scrape that is a little late the time it was due, and one that is later its own", async () => {
  const target = new FakeTarget();
  target.page = "a 1\n";
  const { clock, store, scraper } = begin([target]);
  await clock.advance(1_000);
  clock.set(NOON + 1_009);
  await clock.advance(4_000);
  clock.set(NOON + 5_500);
  await clock.advance(5_000);
  await scraper.close();
  assertEquals((await contents(store))[SERIES]?.slice(0, 3), [[0, 1], [5_000, 1], [10_491, 1]]);
});

Deno.test("Scraper leaves scrapes out while one takes long, and does not make up for them", async () => {
  const target = new FakeTarget();
  target.page = "a 1\n";
  const { clock, store, scraper } = begin([target]);
  await clock.advance(1_000);
  const slow = Promise.withResolvers<void>();
  const { read } = target;
  Object.assign(target, { read: () => slow.promise.then(read) });
  await clock.advance(17_000);
  assertEquals(target.reads, 1);
  slow.resolve();
  await clock.advance(4_000);
  await scraper.close();
  // The scrape that was due at 5 s has its time; after it comes the newest of those left out.
  assertEquals((await contents(store))[SERIES]?.map(([time]) => time), [
    0,
    5_000,
    18_000,
    20_000,
    22_000,
  ]);
});

Deno.test("Scraper tells of a target that goes and comes back, once each, in the log and in its state", async () => {
  const target = new FakeTarget();
  target.page = "a 1\n";
  const { clock, store, scraper, lines } = begin([target]);
  await clock.advance(1_000);
  target.page = new Error("cannot reach a:1: connection refused");
  await clock.advance(10_000);
  const [down] = scraper.active();
  assertEquals([down?.health, down?.lastError, down?.lastScrape], [
    "down",
    "cannot reach a:1: connection refused",
    NOON + 10_000,
  ]);
  target.page = "a 0\n";
  await clock.advance(5_000);
  assertEquals([scraper.active()[0]?.health, scraper.active()[0]?.lastError], ["up", ""]);
  await scraper.close();
  assertEquals(lines, [
    "warn: a scrape failed: cannot reach a:1: connection refused",
    "info: a target is up again",
  ]);
  assertEquals((await contents(store))[SERIES], [
    [0, 1],
    [5_000, "stale"],
    [15_000, 0],
    [16_000, "stale"],
  ]);
});

Deno.test("Scraper tells once of a page of which not all is stored", async () => {
  const target = new FakeTarget();
  target.page = "a 1\na 2\n";
  const { clock, scraper, lines } = begin([target]);
  await clock.advance(12_000);
  await scraper.close();
  assertEquals(lines, ["warn: samples of a page are not stored"]);
});

Deno.test("Scraper scrapes targets independently, and one that is given twice once", async () => {
  const [first, second] = [new FakeTarget("a:1"), new FakeTarget("b:1", { pod: "local" })];
  first.page = new Error("gone");
  second.page = "a 1\n";
  const { clock, store, scraper } = begin([first, second, second]);
  await clock.advance(6_000);
  assertEquals(scraper.active().map(({ health }) => health), ["down", "up"]);
  assertEquals([first.reads, second.reads], [2, 2]);
  await scraper.close();
  assertEquals(Object.keys(await contents(store)), ['a{instance="b:1", job="test", pod="local"}']);
});

Deno.test("Scraper.active() describes targets as Prometheus' API does", async () => {
  const target = new FakeTarget();
  const { scraper } = begin([target]);
  const [state] = scraper.active();
  await scraper.close();
  assertEquals(state?.discoveredLabels.toJSON(), {
    __address__: "a:1",
    __metrics_path__: "/metrics",
    __scheme__: "http",
    __scrape_interval__: "5s",
    __scrape_timeout__: "5s",
    job: "test",
  });
  assertEquals([state?.scrapePool, state?.scrapeUrl, state?.scrapeIntervalMs], [
    "test",
    "http://a:1/metrics",
    5_000,
  ]);
  assertEquals(scraper.dropped(), []);
});

Deno.test("Scraper closes while a scrape goes on", async () => {
  const target = Object.assign(new FakeTarget(), {
    read: () => new Promise<never>(() => {}),
  });
  const { clock, scraper, store } = begin([target]);
  await clock.advance(100);
  await scraper.close();
  assertEquals(store.stats().series, 0);
});

Deno.test("Scraper refuses an interval or timeout that makes no sense", () => {
  const log = logInto([]);
  for (const [intervalMs, timeoutMs] of [[0, 0], [1_000, 2_000], [NaN, 1], [1_000, 0]] as const) {
    assertThrows(
      () => new Scraper({ store: openStore(), targets: [], intervalMs, timeoutMs, log }),
      RangeError,
      "Cannot scrape every",
    );
  }
});
