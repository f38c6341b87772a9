import { assertEquals, assertRejects, assertStrictEquals, assertStringIncludes } from "@std/assert";
import type { Panel, Scope, Target } from "../model/mod.ts";
import { clientOf, failure, matrix } from "./client_fixture.ts";
import { runPanel } from "./run_panel.ts";
import type { PanelData } from "./series.ts";

const scope: Scope = {
  builtins: {},
  variables: new Map([["job", { choices: [{ text: "a", value: "a" }], all: false, many: true }]]),
};
const run = { range: { from: 0, to: 600_000 }, width: 600, scope, scrapeSeconds: 15 };

function panel(
  targets: readonly (Partial<Target> & { readonly refId: string })[],
  rest = {},
): Panel {
  return {
    id: 1,
    type: "timeseries",
    title: "",
    gridPos: { x: 0, y: 0, w: 12, h: 8 },
    targets: targets.map((target) => ({ expr: "up", ...target })),
    fieldConfig: { defaults: {}, overrides: [] },
    options: {},
    transformations: [],
    links: [],
    ...rest,
  };
}

Deno.test("runPanel() asks all queries that are not hidden, with variables filled in", async () => {
  const { client, asked } = clientOf(({ path }) =>
    path === "query" ? { resultType: "vector", result: [] } : matrix([{ pod: "p" }, [[15, "1"]]])
  );
  const data = await runPanel(
    client,
    panel([
      {
        refId: "A",
        expr: 'rate(x{job=~"$job"}[$__rate_interval])',
        legendFormat: "{{pod}} of $job",
      },
      { refId: "B", expr: "y", instant: true },
      { refId: "C", expr: "z", hide: true },
      { refId: "D", expr: "w", instant: true, range: true },
    ]),
    run,
  );
  assertEquals(asked.map(({ path, parameters }) => `${path} ${parameters.get("query")}`), [
    'query_range rate(x{job=~"a"}[1m])',
    "query y",
    "query_range w",
    "query w",
  ]);
  assertEquals(data.state, "done");
  assertEquals(data.series.map(({ refId, name }) => [refId, name]), [["A", "p of a"], [
    "D",
    '{pod="p"}',
  ]]);
  assertStrictEquals(data.series[0]?.times, data.series[1]?.times);
  assertEquals(data.series[0]?.times.length, 41);
  assertEquals(data.queries.map(({ expr, step, instant }) => [expr, step, instant]).slice(0, 2), [
    ['rate(x{job=~"a"}[1m])', 15, false],
    ["y", 15, true],
  ]);
});

Deno.test("runPanel() shows what could be answered, and which query could not", async () => {
  const { client } = clientOf(({ parameters }) =>
    parameters.get("query") === "bad"
      ? failure("execution", "too many samples")
      : matrix([{}, [[0, "1"]]])
  );
  const data = await runPanel(client, panel([{ refId: "A", expr: "bad" }, { refId: "B" }]), run);
  assertEquals([data.state, data.series.length], ["error", 1]);
  assertStringIncludes(
    data.error ?? "",
    "A: Prometheus cannot answer this query: too many samples",
  );
});

Deno.test("runPanel() keeps what was drawn when Prometheus is gone, not when the query is wrong", async () => {
  const { client: well } = clientOf(() => matrix([{}, [[0, "1"]]]));
  const previous = await runPanel(well, panel([{ refId: "A" }]), run);
  const states: [() => unknown, PanelData["state"], number][] = [
    [() => Promise.reject(new TypeError("gone")), "stale", 1],
    [() => failure("unavailable", "starting", 503), "stale", 1],
    [() => failure("bad_data", "1:1: parse error: oh"), "error", 0],
  ];
  for (const [answer, state, count] of states) {
    const { client } = clientOf(answer);
    const data = await runPanel(client, panel([{ refId: "A" }]), { ...run, previous });
    assertEquals([data.state, data.series.length], [state, count]);
  }
});

Deno.test("runPanel() rejects when it is overtaken", async () => {
  const { client } = clientOf(() => new Promise(() => {}));
  const abort = new AbortController();
  const data = runPanel(client, panel([{ refId: "A" }]), { ...run, signal: abort.signal });
  abort.abort();
  await assertRejects(() => data, DOMException);
});

Deno.test("runPanel() moves the span by timeFrom and timeShift", async () => {
  const { client, asked } = clientOf(() => matrix());
  const moved = panel([{ refId: "A" }], { timeFrom: "5m", timeShift: "1m" });
  const data = await runPanel(client, moved, run);
  assertEquals(data.range, { from: 240_000, to: 540_000 });
  assertEquals(asked[0]?.parameters.get("start"), "240");
  assertEquals(asked[0]?.parameters.get("end"), "540");
});

Deno.test("runPanel() takes exemplars along where asked, and does without where there are none", async () => {
  const exemplars = [{
    seriesLabels: {},
    exemplars: [{ labels: { trace_id: "t" }, value: "0.5", timestamp: 60 }],
  }];
  for (const found of [exemplars, failure("not_found", "no exemplars", 404)]) {
    const { client } = clientOf(({ path }) => path === "query_exemplars" ? found : matrix());
    const data = await runPanel(client, panel([{ refId: "A", exemplar: true }]), run);
    assertEquals(data.state, "done");
    assertEquals(data.exemplars.map(({ time }) => time), found === exemplars ? [60_000] : []);
  }
});

Deno.test("runPanel() hands on what Prometheus notes, and what it cannot do itself", async () => {
  const { client } = clientOf(() =>
    Response.json({ status: "success", data: matrix(), infos: ["PromQL info: look"] })
  );
  const data = await runPanel(
    client,
    panel(
      [{ refId: "A" }, { refId: "B" }, { refId: "C", datasource: { type: "loki" } }],
      { transformations: [{ id: "calculateField" }] },
    ),
    run,
  );
  assertEquals(data.notices.length, 3);
  assertStringIncludes(data.notices[0] ?? "", "Query C is for a data source of type loki");
  assertEquals(data.notices[1], "PromQL info: look");
  assertStringIncludes(data.notices[2] ?? "", '"calculateField" is not known');
});

Deno.test("runPanel() separates the buckets of a heatmap", async () => {
  const { client } = clientOf(() =>
    matrix([{ le: "+Inf" }, [[0, "5"]]], [{ le: "1" }, [[0, "2"]]])
  );
  const data = await runPanel(client, panel([{ refId: "A", format: "heatmap" }]), run);
  assertEquals(data.series.map(({ labels, values }) => [labels["le"], values[0]]), [["1", 2], [
    "+Inf",
    3,
  ]]);
});
