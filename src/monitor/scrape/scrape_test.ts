import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { contents, FakeTarget, NOON, openStore, reports } from "./scrape_fixture.ts";
import { TargetScrapes } from "./scrape.ts";

const NEVER = new AbortController().signal;

function begin({ maxSamples = 100 } = {}) {
  const target = new FakeTarget();
  const store = openStore();
  const scrapes = new TargetScrapes(target, store, { maxSamples });
  let time = NOON;
  return {
    target,
    store,
    scrapes,
    /** Scrapes a page, or a failure, ten seconds after the last. */
    scrape(page: string | Error) {
      target.page = page;
      const outcome = scrapes.scrape(time, 1_000, NEVER);
      time += 10_000;
      return outcome;
    },
  };
}

Deno.test("TargetScrapes stores a page with the target's labels, and what the scrape was like", async () => {
  const { scrape, store } = begin();
  const { error, dropped } = await scrape('a 1\nb{x="y"} NaN\n');
  assertEquals([error, dropped], ["", undefined]);
  assertEquals(await contents(store), {
    'a{instance="a:1", job="test"}': [[0, 1]],
    'b{instance="a:1", job="test", x="y"}': [[0, NaN]],
  });
  const { scrape_duration_seconds: duration, ...others } = await reports(store);
  assert(typeof duration === "number" && duration >= 0);
  assertEquals(others, {
    up: 1,
    scrape_samples_scraped: 2,
    scrape_samples_post_metric_relabeling: 2,
    scrape_series_added: 2,
  });
});

Deno.test("TargetScrapes marks a series as ended when the page has it no longer, and goes on when it is back", async () => {
  const { scrape, store } = begin();
  await scrape("a 1\nb 1\n");
  await scrape("a 2\n");
  assertEquals((await reports(store))["scrape_series_added"], 0);
  await scrape("a 3\nb 3\n");
  assertEquals((await reports(store))["scrape_series_added"], 1);
  assertEquals(await contents(store), {
    'a{instance="a:1", job="test"}': [[0, 1], [10_000, 2], [20_000, 3]],
    'b{instance="a:1", job="test"}': [[0, 1], [10_000, "stale"], [20_000, 3]],
  });
});

Deno.test("TargetScrapes stores nothing of a page that cannot be read: up is 0 and all series end", async () => {
  const { scrape, store } = begin();
  await scrape("a 1\nb 1\n");
  const { error } = await scrape("a 2\nb two\n");
  assertStringIncludes(error, "line 2, column 3");
  assertEquals(await contents(store), {
    'a{instance="a:1", job="test"}': [[0, 1], [10_000, "stale"]],
    'b{instance="a:1", job="test"}': [[0, 1], [10_000, "stale"]],
  });
  const { up, scrape_samples_scraped: scraped } = await reports(store);
  assertEquals([up, scraped], [0, 0]);
  await scrape("a 3\n");
  assertEquals((await reports(store))["up"], 1);
});

Deno.test("TargetScrapes says why a target cannot be read, once its series have ended", async () => {
  const { scrape, store } = begin();
  await scrape("a 1\n");
  assertEquals((await scrape(new Error("cannot reach a:1"))).error, "cannot reach a:1");
  await scrape(new Error("cannot reach a:1"));
  assertEquals(await contents(store), {
    'a{instance="a:1", job="test"}': [[0, 1], [10_000, "stale"]],
  });
});

Deno.test("TargetScrapes fails for a page without a content type, but not for an empty one", async () => {
  const { scrape, store, target } = begin();
  target.contentType = null;
  assertStringIncludes((await scrape("a 1\n")).error, "Content-Type");
  assertEquals((await scrape("")).error, "");
  assertEquals((await reports(store))["up"], 1);
});

Deno.test("TargetScrapes takes the first of two lines for one series and tells of the second", async () => {
  const { scrape, store } = begin();
  const { error, dropped } = await scrape("a 1\na 2\nb 3\n");
  assertEquals(error, "");
  assertEquals(dropped, { outOfOrder: 0, duplicate: 1, outOfBounds: 0, tooManySeries: 0 });
  assertEquals(await contents(store), {
    'a{instance="a:1", job="test"}': [[0, 1]],
    'b{instance="a:1", job="test"}': [[0, 3]],
  });
  assertEquals((await reports(store))["scrape_samples_scraped"], 3);
});

Deno.test("TargetScrapes finds a series again whose labels come in another order", async () => {
  const { scrape, store } = begin();
  await scrape('a{x="1",y="2"} 1\n');
  const { dropped } = await scrape('a{y="2",x="1"} 2\n');
  assertEquals(dropped, undefined);
  await scrape("b 1\n");
  assertEquals((await contents(store))['a{instance="a:1", job="test", x="1", y="2"}'], [
    [0, 1],
    [10_000, 2],
    [20_000, "stale"],
  ]);
});

Deno.test("TargetScrapes honours times on the page; such series do not end with a scrape", async () => {
  const { scrape, store } = begin();
  await scrape(`a 1 ${NOON - 5_000}\nb 1\n`);
  const { dropped } = await scrape(`a 1 ${NOON - 5_000}\nb 2\n`);
  assertEquals(dropped, undefined);
  await scrape(`a 2 ${NOON - 3_000}\na 3 ${NOON - 2_000}\n`);
  await scrape("c 1\n");
  assertEquals(await contents(store), {
    'a{instance="a:1", job="test"}': [[-5_000, 1], [-3_000, 2], [-2_000, 3]],
    'b{instance="a:1", job="test"}': [[0, 1], [10_000, 2], [20_000, "stale"]],
    'c{instance="a:1", job="test"}': [[30_000, 1]],
  });
});

Deno.test("TargetScrapes refuses times that go back or lie too far ahead, and tells of them", async () => {
  const { scrape, store } = begin();
  await scrape(`a 1 ${NOON}\n`);
  const { error, dropped } = await scrape(`a 2 ${NOON - 1}\nb 1 ${NOON + 3_600_000}\nc 1\n`);
  assertEquals(error, "");
  assertEquals(dropped, { outOfOrder: 1, duplicate: 0, outOfBounds: 1, tooManySeries: 0 });
  assertEquals(Object.keys(await contents(store)), [
    'a{instance="a:1", job="test"}',
    'c{instance="a:1", job="test"}',
  ]);
});

Deno.test("TargetScrapes takes nothing of a page with more samples than allowed", async () => {
  const { scrape, store } = begin({ maxSamples: 2 });
  assertEquals((await scrape("a 1\nb 1\n")).error, "");
  const { error } = await scrape("a 2\nb 2\nc 2\n");
  assertEquals(error, "sample limit exceeded: the page has 3 samples, at most 2 are taken");
  assertEquals(await contents(store), {
    'a{instance="a:1", job="test"}': [[0, 1], [10_000, "stale"]],
    'b{instance="a:1", job="test"}': [[0, 1], [10_000, "stale"]],
  });
  const { up, scrape_samples_scraped: scraped } = await reports(store);
  assertEquals([up, scraped], [0, 3]);
});

Deno.test("TargetScrapes keeps exemplars, with the time of their sample where they have none", async () => {
  const { scrape, store, target } = begin();
  target.contentType = "application/openmetrics-text";
  const long = "x".repeat(130);
  await scrape(`# TYPE a counter
a_total 1 # {trace="1"} 0.5
b_total 1 ${NOON / 1000 - 7} # {trace="2"} 0.25
c_total 1 # {trace="3"} 0.75 ${NOON / 1000 - 1}
d_total 1 # {trace="${long}"} 1
# EOF
`);
  const found = await store.exemplars([], { start: -Infinity, end: Infinity });
  assertEquals(
    found.map(({ labels, exemplars: [first] }) => [
      labels.metricName,
      first?.labels.toJSON(),
      first?.value,
      (first?.time ?? 0) - NOON,
    ]),
    [
      ["a_total", { trace: "1" }, 0.5, 0],
      ["b_total", { trace: "2" }, 0.25, -7_000],
      ["c_total", { trace: "3" }, 0.75, -1_000],
    ],
  );
  assertEquals(store.metadata().get("a"), [{ type: "counter", help: "", unit: "" }]);
});

Deno.test("TargetScrapes.end() marks everything as ended, the series about scrapes too, and nothing before the first scrape", async () => {
  const { scrape, scrapes, store } = begin();
  scrapes.end(NOON - 1);
  assertEquals(store.stats().series, 0);
  await scrape("a 1\n");
  scrapes.end(NOON);
  assertEquals((await contents(store))['a{instance="a:1", job="test"}'], [[0, 1], [1, "stale"]]);
  assertEquals(await reports(store), {
    up: "stale",
    scrape_duration_seconds: "stale",
    scrape_samples_scraped: "stale",
    scrape_samples_post_metric_relabeling: "stale",
    scrape_series_added: "stale",
  });
});

Deno.test("TargetScrapes gives up a target that gives no page in time, whether it minds the signal or not", async () => {
  const { scrapes, store, target } = begin();
  const { promise, resolve } = Promise.withResolvers<{ text: string; contentType: string }>();
  const slow = Object.assign(target, { read: () => promise });
  assertEquals(slow, target);
  const { error } = await scrapes.scrape(NOON, 10, NEVER);
  assertEquals(error, "context deadline exceeded: no whole page within 10 ms");
  assertEquals((await reports(store))["up"], 0);
  resolve({ text: "a 1\n", contentType: "text/plain" });
  await promise;
  assertEquals(await contents(store), {});
});

Deno.test("TargetScrapes stores nothing when it is stopped", async () => {
  const { scrapes, store } = begin();
  const stop = new AbortController();
  stop.abort(new Error("closed"));
  assertEquals((await scrapes.scrape(NOON, 10, stop.signal)).error, "closed");
  assertEquals(store.stats().series, 0);
});

Deno.test("TargetScrapes lets a page's labels give way to those of the target", async () => {
  const { scrape, store } = begin();
  await scrape('a{job="own",exported_job="other",instance=""} 1\n');
  assertEquals(Object.keys(await contents(store)), [
    'a{exported_exported_job="own", exported_job="other", instance="a:1", job="test"}',
  ]);
});
