import { assert, assertEquals, assertMatch, assertThrows } from "@std/assert";
import { createLogger } from "../../logging/logger.ts";
import { FakeClock } from "../clock_fixture.ts";
import { Labels } from "../labels.ts";
import { Engine } from "../promql/engine.ts";
import { createMatcher } from "../store/matcher.ts";
import { Store } from "../store/store.ts";
import { RuleEvaluator } from "./evaluator.ts";
import { loadRules } from "./rule_file.ts";

/** A whole minute. */
const NOON = 1_700_000_040_000;

function begin(rules: string, { store = openStore(), at = NOON, group = "" } = {}) {
  const clock = new FakeClock(at - 1);
  const lines: string[] = [];
  const log = createLogger({
    level: "info",
    format: "json",
    write: (line) => {
      const { level, message, rule, reason } = JSON.parse(line);
      lines.push(`${level}: ${message}: ${rule}: ${reason}`);
    },
  });
  const evaluator = new RuleEvaluator({
    store,
    engine: new Engine(),
    groups: loadRules([{
      name: "a.yaml",
      yaml: `groups: [{ name: g, ${group} rules: [${rules}] }]`,
    }]),
    intervalMs: 10_000,
    log,
    clock,
  });
  return {
    clock,
    store,
    lines,
    evaluator,
    /** Stores values at the next evaluation, and waits for it. */
    async step(values: Readonly<Record<string, number>>) {
      const time = clock.now() + 1;
      store.append({
        source: "test",
        time,
        samples: Object.entries(values).map(([series, value]) => ({
          series: Labels.from({ __name__: "m", series }),
          value,
        })),
      });
      await clock.advance(10_000);
    },
    states() {
      return evaluator.alerts().map(({ labels, state }) => `${labels.get("series")} ${state}`);
    },
  };
}

function openStore(): Store {
  return new Store({ clock: () => NOON + 2 * 3_600_000 });
}

/** The samples of a metric by its labels, as seconds since NOON and value or "stale". */
async function contents(store: Store, name: string) {
  const found = await store.select([createMatcher("=", "__name__", name)], {
    start: -Infinity,
    end: Infinity,
  });
  return Object.fromEntries(
    found.map(({ labels, samples: { times, values, stale } }) =>
      [
        labels.without(["__name__"]).toString(),
        [...times].map((time, i) => [
          (time - NOON) / 1000,
          stale?.[i] === 1 ? "stale" : values[i],
        ]),
      ] as const
    ).sort(([a], [b]) => a < b ? -1 : 1),
  );
}

Deno.test("RuleEvaluator records what a query gives, with the rule's name and labels, and marks what ends", async () => {
  const { step, store, evaluator } = begin(
    "{ record: r, expr: m * 2, labels: { series: '', kind: double, x: y } }",
  );
  await step({ a: 1 });
  await step({ a: NaN });
  await evaluator.close();
  assertEquals(await contents(store, "r"), {
    '{kind="double", x="y"}': [[0, 2], [10, NaN]],
  });
});

Deno.test("RuleEvaluator marks a recorded series as ended when the query gives it no longer", async () => {
  const { step, store, evaluator } = begin("{ record: r, expr: m > 1 }");
  await step({ a: 2, b: 2 });
  await step({ a: 0, b: 3 });
  await step({ a: 5, b: 4 });
  await evaluator.close();
  assertEquals(await contents(store, "r"), {
    '{series="a"}': [[0, 2], [10, "stale"], [20, 5]],
    '{series="b"}': [[0, 2], [10, 3], [20, 4]],
  });
});

Deno.test("RuleEvaluator evaluates rules in order: a rule sees what those before it recorded", async () => {
  const { step, store, evaluator } = begin(
    "{ record: first, expr: sum(m) }, { record: second, expr: first + 1 }, { record: third, expr: 7 }",
  );
  await step({ a: 1, b: 2 });
  await evaluator.close();
  assertEquals(await contents(store, "second"), { "{}": [[0, 4]] });
  assertEquals(await contents(store, "third"), { "{}": [[0, 7]] });
});

Deno.test("RuleEvaluator looks back by the offset of a group, and stores at that time", async () => {
  const { step, store, evaluator } = begin("{ record: r, expr: m }", {
    group: "query_offset: 10s,",
  });
  await step({ a: 1 });
  await step({ a: 2 });
  await evaluator.close();
  assertEquals(await contents(store, "r"), { '{series="a"}': [[0, 1]] });
});

const RULE_FAULTS: readonly [string, string, string][] = [
  [
    "two series that become one",
    "{ record: r, expr: m, labels: { series: x } }",
    "same labelset after applying rule labels",
  ],
  [
    "two alerts that become one",
    "{ alert: A, expr: m, labels: { series: x } }",
    "same labelset after applying alert labels",
  ],
  ["more series than allowed", "{ record: r, expr: m }", "exceeded limit of 1 with 2 series"],
  ["more alerts than allowed", "{ alert: A, expr: m }", "exceeded limit of 1 with 2 alerts"],
  ["a query that fails", "{ record: r, expr: 'm * on () m' }", "found duplicate series"],
  [
    "a result that is text",
    "{ record: r, expr: '\"a\"' }",
    "rule result is not a vector or scalar",
  ],
];

for (const [what, rule, message] of RULE_FAULTS) {
  Deno.test(`RuleEvaluator shows ${what} as the error of that rule, logs it once, and stores nothing`, async () => {
    const { step, store, evaluator, lines } = begin(`${rule}, { record: next, expr: 1 }`, {
      group: "limit: 1,",
    });
    await step({ a: 1, b: 1 });
    await step({ a: 1, b: 1 });
    await evaluator.close();
    const [failed, next] = evaluator.groups()[0]?.rules ?? [];
    assertEquals([failed?.health, next?.health], ["err", "ok"]);
    assertMatch(failed?.lastError ?? "", new RegExp(message));
    assertEquals(lines.length, 1);
    assertEquals(evaluator.alerts(), []);
    assertEquals([await contents(store, "r"), await contents(store, "ALERTS")], [{}, {}]);
  });
}

Deno.test("RuleEvaluator says that a sample could not be stored, because a scrape has the series too", async () => {
  const { step, evaluator } = begin("{ record: m, expr: m + 1 }");
  await step({ a: 1 });
  await evaluator.close();
  const [rule] = evaluator.groups()[0]?.rules ?? [];
  assertEquals([rule?.health, rule?.lastError], [
    "err",
    "1 samples were not stored: another rule or scrape has stored other values for the same series and time",
  ]);
});

Deno.test("RuleEvaluator lets alerts become pending, fire and end, and tells of them in series", async () => {
  const { step, states, store, evaluator } = begin(
    "{ alert: A, expr: m > 0, for: 20s, labels: { l: '{{ $value }}' }, annotations: { s: '{{ $labels.series }} is {{ $value }}' } }",
    { group: "interval: 10s," },
  );
  assertEquals(evaluator.groups()[0]?.rules.map((rule) => rule.type === "alerting" && rule.state), [
    "unknown",
  ]);
  await step({ a: 0, b: 1 });
  assertEquals(states(), ["b pending"]);
  await step({ a: 1, b: 1 });
  assertEquals(states(), ["b pending", "a pending"]);
  await step({ a: 0, b: 1 });
  assertEquals(states(), ["b firing"]);
  const [alert] = evaluator.alerts();
  assertEquals(alert?.labels.toJSON(), { alertname: "A", l: "1", series: "b" });
  assertEquals(alert?.annotations.toJSON(), { s: "b is 1" });
  assertEquals([alert?.activeAt, alert?.value], [NOON, 1]);
  await step({ a: 0, b: 0 });
  assertEquals(states(), []);
  await evaluator.close();
  assertEquals(await contents(store, "ALERTS"), {
    '{alertname="A", alertstate="firing", l="1", series="b"}': [[20, 1], [30, "stale"]],
    '{alertname="A", alertstate="pending", l="1", series="a"}': [[10, 1], [20, "stale"]],
    '{alertname="A", alertstate="pending", l="1", series="b"}': [[0, 1], [10, 1], [20, "stale"]],
  });
  const since = NOON / 1000;
  assertEquals(await contents(store, "ALERTS_FOR_STATE"), {
    '{alertname="A", l="1", series="a"}': [[10, since + 10], [20, "stale"]],
    '{alertname="A", l="1", series="b"}': [[0, since], [10, since], [20, since], [30, "stale"]],
  });
});

Deno.test("RuleEvaluator keeps the newest value and annotations of an alert, and when it began", async () => {
  const { step, evaluator } = begin(
    "{ alert: A, expr: m > 0, annotations: { s: '{{ $value }}' } }",
  );
  await step({ a: 1 });
  await step({ a: 2.5 });
  const [alert] = evaluator.alerts();
  await evaluator.close();
  assertEquals([alert?.state, alert?.value, alert?.annotations.get("s"), alert?.activeAt], [
    "firing",
    2.5,
    "2.5",
    NOON,
  ]);
});

Deno.test("RuleEvaluator lets an alert fire on for a while where the rule says so", async () => {
  const { step, states, evaluator } = begin("{ alert: A, expr: m > 0, keep_firing_for: 20s }");
  await step({ a: 1 });
  await step({ a: 0 });
  assertEquals(states(), ["a firing"]);
  assertEquals(evaluator.alerts()[0]?.keepFiringSince, NOON + 10_000);
  await step({ a: 1 });
  assertEquals(evaluator.alerts()[0]?.keepFiringSince, undefined);
  await step({ a: 0 });
  await step({ a: 0 });
  assertEquals(states(), ["a firing"]);
  await step({ a: 0 });
  assertEquals(states(), []);
  await evaluator.close();
});

Deno.test("RuleEvaluator begins anew with an alert that comes back", async () => {
  const { step, evaluator, states } = begin("{ alert: A, expr: m > 0, for: 10s }");
  for (const a of [1, 1, 0, 1]) await step({ a });
  assertEquals(states(), ["a pending"]);
  assertEquals(evaluator.alerts()[0]?.activeAt, NOON + 30_000);
  await evaluator.close();
});

Deno.test("RuleEvaluator shows in the alert what a template cannot fill in, and logs it", async () => {
  const { step, evaluator, lines } = begin(
    "{ alert: A, expr: m, annotations: { s: 'x {{ humanize $labels }}' } }",
  );
  await step({ a: 1 });
  await evaluator.close();
  assertMatch(
    evaluator.alerts()[0]?.annotations.get("s") ?? "",
    /^<error expanding template: expected a number, found map/,
  );
  assertMatch(lines[0] ?? "", /^warn: a template failed: A: 'x {{ humanize \$labels }}': expected/);
});

const RESTARTS: readonly [what: string, held: number, down: number, expected: string][] = [
  ["goes on waiting where it was, the pause not counted", 2, 600_000, "a pending since 600"],
  ["fires at once again where it fired", 6, 600_000, "a firing since 0"],
  ["begins anew after more than an hour", 6, 3_700_000, "a pending since 3750"],
];

for (const [what, held, down, expected] of RESTARTS) {
  Deno.test(`RuleEvaluator, when the process starts again: an alert ${what}`, async () => {
    const rules = "{ alert: A, expr: m > 0, for: 40s, labels: { l: '{{ $value }}', k: v } }";
    const first = begin(rules);
    for (let i = 0; i < held; i++) await first.step({ a: 1 });
    await first.evaluator.close();
    const second = begin(rules, { store: first.store, at: NOON + (held - 1) * 10_000 + down });
    await second.step({ a: 1 });
    await second.evaluator.close();
    const [alert] = second.evaluator.alerts();
    const since = ((alert?.activeAt ?? 0) - NOON) / 1000;
    assertEquals(`${second.states()[0]} since ${since}`, expected);
  });
}

Deno.test("RuleEvaluator does not take up an alert again that had ended", async () => {
  const rules = "{ alert: A, expr: m > 0, for: 40s }";
  const first = begin(rules);
  for (const a of [1, 1, 0]) await first.step({ a });
  await first.evaluator.close();
  const second = begin(rules, { store: first.store, at: NOON + 60_000 });
  await second.step({ a: 1 });
  await second.evaluator.close();
  assertEquals(second.evaluator.alerts()[0]?.activeAt, NOON + 60_000);
});

Deno.test("RuleEvaluator leaves evaluations out while one takes long, and counts them", async () => {
  const store = openStore();
  const { clock, evaluator } = begin("{ record: r, expr: m }", { store });
  await clock.advance(1);
  const select = store.select.bind(store);
  const slow = Promise.withResolvers<void>();
  store.select = (...parameters) => slow.promise.then(() => select(...parameters));
  await clock.advance(45_000);
  slow.resolve();
  await clock.advance(1);
  const [group] = evaluator.groups();
  await evaluator.close();
  assertEquals([group?.missedIterations, group?.lastEvaluation], [2, NOON + 45_000]);
});

Deno.test("RuleEvaluator.close() ends an evaluation that is going on", async () => {
  const store = openStore();
  const { clock, evaluator, lines } = begin("{ record: r, expr: m }", { store });
  store.select = () => new Promise(() => {});
  await clock.advance(1);
  await evaluator.close();
  assertEquals(lines, []);
});

Deno.test("RuleEvaluator lets others have their turns while a rule has thousands of alerts", async () => {
  const { evaluator, step } = begin(
    "{ alert: A, expr: m > 0, labels: { s: '{{ $labels.series }}' }, " +
      "annotations: { text: '{{ $value | humanize }} of {{ $labels.series }}' } }",
  );
  const count = 5_000;
  const values = Object.fromEntries(Array.from({ length: count }, (_, i) => [`s${i}`, i + 1]));
  let [turns, most] = [0, 0];
  const timer = setInterval(() => {
    turns++;
    // All of them at once, never some.
    const { length } = evaluator.alerts();
    if (length !== 0 && length !== count) most = length;
  }, 0);
  await step(values);
  while (evaluator.groups()[0]?.lastEvaluation === undefined) {
    await new Promise((resolve) => setTimeout(resolve));
  }
  clearInterval(timer);
  assertEquals([evaluator.alerts().length, most], [count, 0]);
  assert(turns > 5, `${turns} turns`);
  await evaluator.close();
});

Deno.test("RuleEvaluator lets others have their turns between rules, however short", async () => {
  const count = 50;
  const rules = Array.from({ length: count }, (_, i) => `{ record: r${i}, expr: m }`);
  const { evaluator, step } = begin(rules.join());
  let turns = 0;
  const timer = setInterval(() => turns++, 0);
  await step({ a: 1 });
  while (evaluator.groups()[0]?.lastEvaluation === undefined) {
    await new Promise((resolve) => setTimeout(resolve));
  }
  clearInterval(timer);
  assert(turns > count / 10, `${turns} turns`);
  await evaluator.close();
});

Deno.test("RuleEvaluator refuses an interval that makes no sense", () => {
  const log = createLogger({ level: "error", format: "human", write: () => {} });
  assertThrows(
    () =>
      new RuleEvaluator({
        store: openStore(),
        engine: new Engine(),
        groups: [],
        intervalMs: 0,
        log,
      }),
    RangeError,
    "every 0 ms",
  );
});
