import { assertEquals, assertThrows } from "@std/assert";
import { readDashboard, ReadError } from "./read_dashboard.ts";

Deno.test("readDashboard() gives what is missing Grafana's defaults", () => {
  const { uid, title, time, refresh, timezone, rows, variables } = readDashboard({ panels: [] });
  assertEquals({ uid, title, time, refresh, timezone, rows, variables }, {
    uid: "dashboard",
    title: "Untitled dashboard",
    time: { from: "now-6h", to: "now" },
    refresh: "",
    timezone: "browser",
    rows: [],
    variables: [],
  });
});

Deno.test("readDashboard() reads what the HTTP API and Kubernetes wrap around it", () => {
  const inner = { uid: "calls", title: "Calls", panels: [], refresh: false };
  for (
    const json of [inner, { dashboard: inner, meta: {} }, { kind: "Dashboard", spec: inner }]
  ) {
    assertEquals(readDashboard(json).uid, "calls");
    assertEquals(readDashboard(json).refresh, "");
  }
});

Deno.test("readDashboard() says why something is no dashboard", () => {
  const cases: [unknown, string][] = [
    [null, "expected a JSON object as Grafana exports it, found null"],
    [[1], "found an array"],
    ["x", "found a string"],
    [{}, "expected a list 'panels', found an empty object"],
    [{ a: 1, b: 2 }, "found an object with a, b"],
    [{ spec: { elements: {}, layout: {} } }, "schema version 2"],
  ];
  for (const [json, words] of cases) assertThrows(() => readDashboard(json), ReadError, words);
});

Deno.test("readDashboard() cuts panels into rows by their places", () => {
  const panel = (id: number, y: number) => ({
    id,
    type: "stat",
    gridPos: { x: 0, y, w: 6, h: 4 },
  });
  const row = (id: number, y: number, more = {}) => ({ id, type: "row", gridPos: { y }, ...more });
  const { rows } = readDashboard({
    panels: [
      row(10, 8, { title: "Second", collapsed: true, panels: [panel(3, 9)] }),
      panel(1, 0),
      row(11, 4, { title: "First" }),
      panel(2, 5),
      panel(4, 20),
    ],
  });
  assertEquals(rows.map(({ title, collapsed, panels }) => [title, collapsed, ids(panels)]), [
    ["", false, [1]],
    ["First", false, [2]],
    ["Second", true, [3]],
    ["", false, [4]],
  ]);
});

Deno.test("readDashboard() gives every panel an id of its own", () => {
  const { rows } = readDashboard({ panels: [{ id: 1 }, { id: 1 }, {}] });
  assertEquals(new Set(ids(rows[0]?.panels ?? [])).size, 3);
});

Deno.test("readDashboard() places the rows of before schema version 16", () => {
  const { rows } = readDashboard({
    rows: [
      { height: "250px", panels: [{ id: 1, span: 6 }, { id: 2, span: 6 }, { id: 3, span: 12 }] },
      { title: "Folded", collapse: true, panels: [{ id: 4, span: 4 }] },
    ],
  });
  assertEquals(rows.map(({ title, collapsed, panels }) => [title, collapsed, ids(panels)]), [
    ["", false, [1, 2, 3]],
    ["Folded", true, [4]],
  ]);
  assertEquals(rows[0]?.panels.map(({ gridPos: { x, y, w } }) => [x, y, w]), [
    [0, 0, 12],
    [12, 0, 12],
    [0, 7, 24],
  ]);
});

Deno.test("readDashboard() reads a panel and leaves out what is of another kind", () => {
  const [panel] = onePanel({
    id: "7",
    type: "timeseries",
    title: 3,
    gridPos: { x: 20, y: 1, w: 12, h: 0 },
    datasource: "Prometheus",
    targets: [{ expr: "up", legendFormat: "{{job}}", format: "other" }, { expr: "" }, null],
    fieldConfig: {
      defaults: {
        unit: "s",
        min: "0",
        decimals: null,
        thresholds: { mode: "absolute", steps: [{ color: "green", value: null }, { value: 1 }] },
        mappings: [{ type: "value", options: { 1: { text: "up" } } }, { type: "unknown" }],
      },
      overrides: [{ matcher: { id: "byName", options: "a" }, properties: [{ id: "unit" }] }],
    },
  });
  assertEquals(panel?.id, 7);
  assertEquals(panel?.title, "3");
  assertEquals(panel?.gridPos, { x: 12, y: 1, w: 12, h: 1 });
  assertEquals(panel?.datasource, { uid: "Prometheus" });
  assertEquals(panel?.targets, [{ refId: "A", expr: "up", legendFormat: "{{job}}" }]);
  assertEquals(panel?.fieldConfig.defaults, {
    unit: "s",
    min: 0,
    thresholds: {
      mode: "absolute",
      steps: [{ color: "green", value: null }, { color: "green", value: 1 }],
    },
    mappings: [{ type: "value", options: { 1: { text: "up" } } }],
  });
  assertEquals(panel?.fieldConfig.overrides.length, 1);
});

Deno.test("readDashboard() draws the panels of old as the types that took their place", () => {
  const [graph, single, text] = onePanel(
    {
      type: "graph",
      targets: [{ expr: "up" }],
      stack: true,
      fill: 2,
      yaxes: [{ format: "bytes", min: "0" }],
      legend: { show: true, avg: true, current: true },
    },
    {
      type: "singlestat",
      targets: [{ expr: "up" }],
      format: "percentunit",
      thresholds: "0.5,0.9",
      colors: ["red", "orange", "green"],
      valueName: "current",
      sparkline: { show: true },
    },
    { type: "text", mode: "markdown", content: "# Hello" },
  );
  assertEquals(graph?.type, "timeseries");
  assertEquals(graph?.fieldConfig.defaults.unit, "bytes");
  assertEquals(graph?.fieldConfig.defaults.custom?.["fillOpacity"], 20);
  assertEquals(graph?.fieldConfig.defaults.custom?.["stacking"], { mode: "normal" });
  assertEquals(single?.type, "stat");
  assertEquals(single?.fieldConfig.defaults.thresholds?.steps, [
    { color: "red", value: null },
    { color: "orange", value: 0.5 },
    { color: "green", value: 0.9 },
  ]);
  assertEquals(single?.options["reduceOptions"], { calcs: ["lastNotNull"] });
  assertEquals(single?.options["graphMode"], "area");
  assertEquals(text?.options, { mode: "markdown", content: "# Hello" });
});

Deno.test("readDashboard() reads variables of every type", () => {
  const { variables } = readDashboard({
    panels: [],
    templating: {
      list: [
        { name: "job", type: "query", query: { query: "label_values(job)" }, multi: true },
        { name: "env", type: "custom", query: "Live : prod, test, a\\,b" },
        { name: "step", type: "interval", query: "1m,5m", auto: true },
        { name: "fixed", type: "constant", query: "x" },
        { name: "free", type: "textbox", query: "start" },
        { type: "custom", query: "without a name" },
      ],
    },
  });
  assertEquals(
    variables.map(({ name, query, options, current }) => [
      name,
      query,
      options.map(({ text, value }) => text === value ? text : `${text}=${value}`),
      current.map(({ value }) => value),
    ]),
    [
      ["job", "label_values(job)", [], []],
      ["env", "Live : prod, test, a\\,b", ["Live=prod", "test", "a,b"], []],
      ["step", "1m,5m", ["auto=$__auto", "1m", "5m"], []],
      ["fixed", "x", ["x"], ["x"]],
      ["free", "start", [], ["start"]],
    ],
  );
});

Deno.test("readDashboard() keeps the annotations that ask Prometheus", () => {
  const { annotations } = readDashboard({
    panels: [],
    annotations: {
      list: [
        { builtIn: 1, datasource: "-- Grafana --", name: "Annotations & Alerts" },
        { name: "Starts", expr: "process_start_time_seconds * 1000", useValueForTime: "on" },
        { name: "Deploys", target: { expr: "changes(x[1m])" }, enable: false },
      ],
    },
  });
  assertEquals(
    annotations.map(({ name, enable, useValueForTime }) => [name, enable, useValueForTime]),
    [
      ["Starts", true, true],
      ["Deploys", false, undefined],
    ],
  );
});

function onePanel(...panels: object[]) {
  return readDashboard({ panels }).rows[0]?.panels ?? [];
}

function ids(panels: readonly { readonly id: number }[]): number[] {
  return panels.map(({ id }) => id);
}
