import { assertEquals } from "@std/assert";
import { FakeClock } from "../clock_fixture.ts";
import { formatFloat } from "../format_float.ts";
import { Engine } from "../promql/engine.ts";
import { FakeTarget, logInto, NOON } from "../scrape/scrape_fixture.ts";
import { Scraper } from "../scrape/scraper.ts";
import { Store } from "../store/store.ts";
import { RuleEvaluator } from "./evaluator.ts";
import { loadRules } from "./rule_file.ts";

const RULES = `
groups:
  - name: requests
    interval: 10s
    rules:
      - record: job:requests:rate1m
        expr: sum by (job) (rate(requests_total[1m]))
      - alert: Busy
        expr: job:requests:rate1m > 5
        for: 20s
        annotations: { summary: "{{ $labels.job }} does {{ $value | humanize }} a second" }
      - alert: Down
        expr: up == 0
        annotations: { summary: "{{ $labels.instance }} is down" }
`;

Deno.test("Scraper, store, engine and RuleEvaluator together tell what a changing page means", async () => {
  const clock = new FakeClock(NOON);
  const store = new Store({ clock: () => clock.now() });
  const engine = new Engine();
  const lines: string[] = [];
  const log = logInto(lines);
  const target = new FakeTarget();
  const scraper = new Scraper({
    store,
    targets: [target],
    intervalMs: 5_000,
    timeoutMs: 5_000,
    log,
    clock,
  });
  const rules = new RuleEvaluator({
    store,
    engine,
    groups: loadRules([{ name: "rules.yaml", yaml: RULES }]),
    intervalMs: 60_000,
    log,
    clock,
  });
  const ask = async (query: string) => {
    const { result } = await engine.instant(store, { query, time: clock.now() });
    return result.type === "vector"
      ? result.samples.map(({ labels, value }) =>
        `${labels} ${typeof value === "number" ? formatFloat(value) : "histogram"}`
      )
      : [];
  };
  const states = () =>
    rules.alerts().map(({ labels, annotations, state }) =>
      `${labels.get("alertname")} ${state}: ${annotations.get("summary")}`
    );
  let count = 0;
  const run = async (seconds: number, perSecond: number) => {
    for (let i = 0; i < seconds; i += 5) {
      count += 5 * perSecond;
      target.page = `# TYPE requests_total counter\nrequests_total ${count}\n`;
      await clock.advance(5_000);
    }
  };

  await run(90, 2);
  assertEquals(await ask("job:requests:rate1m"), ['job:requests:rate1m{job="test"} 2']);
  assertEquals(states(), []);

  await run(60, 20);
  assertEquals(await ask("job:requests:rate1m > 15"), ['job:requests:rate1m{job="test"} 20']);
  assertEquals(states(), ["Busy firing: test does 20 a second"]);
  assertEquals(await ask("ALERTS"), [
    'ALERTS{alertname="Busy", alertstate="firing", job="test"} 1',
  ]);

  target.page = "requests_total one\n";
  await clock.advance(20_000);
  assertEquals(await ask("requests_total"), []);
  assertEquals(await ask("up"), ['up{instance="a:1", job="test"} 0']);
  assertEquals(states().includes("Down firing: a:1 is down"), true);

  await run(120, 0);
  assertEquals(await ask("job:requests:rate1m"), ['job:requests:rate1m{job="test"} 0']);
  assertEquals(states(), []);
  assertEquals(await ask("ALERTS"), []);
  assertEquals(await ask("max_over_time(job:requests:rate1m[5m])"), ['{job="test"} 20']);

  await Promise.all([scraper.close(), rules.close()]);
  await clock.advance(1);
  assertEquals(await ask("up"), []);
  assertEquals(lines, [
    "warn: a scrape failed: Cannot read the metrics page at line 1, column 16: " +
    'expected a value after the series, but "one" is not a number',
    "info: a target is up again",
  ]);
});
