import { assertEquals, assertNotEquals } from "@std/assert";
import type { DataSeries } from "../../data/series.ts";
import { readPanel } from "../../model/read_panel.ts";
import { type ChartModel, chartModel } from "./model.ts";
import { tooltipContent } from "./tooltip_content.ts";

const series = (name: string, values: (number | null)[]): DataSeries => ({
  refId: "A",
  name,
  labels: {},
  times: [0, 60_000],
  values,
});
const SERIES = [series("calls", [1, 2]), series("errors", [0, 5]), series("share", [0.1, 0.2])];

function model(
  fieldConfig: unknown = {},
  options: Partial<Parameters<typeof chartModel>[0]> = {},
): ChartModel {
  return chartModel({
    panel: readPanel({ type: "timeseries", fieldConfig }),
    data: {
      state: "done",
      range: { from: 0, to: 60_000 },
      series: SERIES,
      exemplars: [],
      annotations: [],
      queries: [],
      notices: [],
    },
    theme: "dark",
    timeZone: "utc",
    hidden: new Set(),
    tooltip: { mode: "multi", sort: "desc", hideZeros: false },
    ...options,
  });
}

const SHARE_RIGHT = {
  defaults: { unit: "reqps" },
  overrides: [{
    matcher: { id: "byName", options: "share" },
    properties: [
      { id: "unit", value: "percentunit" },
      { id: "color", value: { mode: "fixed", fixedColor: "purple" } },
    ],
  }],
};

Deno.test("chartModel() gives each series its colour of the palette, or its own", () => {
  assertEquals(model(SHARE_RIGHT).lines.map(({ color }) => color), [
    "#73BF69",
    "#F2CC0C",
    "#B877D9",
  ]);
});

Deno.test("chartModel() puts a second unit on the right", () => {
  assertEquals(model(SHARE_RIGHT).scales.map(({ side, grid }) => [side, grid]), [
    ["left", true],
    ["right", false],
  ]);
});

Deno.test("chartModel() shows stacks in percent from 0 to 100 %", () => {
  const [scale] = model({ defaults: { custom: { stacking: { mode: "percent" } } } }).scales;
  assertEquals(scale?.field, { unit: "percentunit", min: 0, max: 1 });
});

Deno.test("chartModel() keeps its structure when only data, theme or visibility change", () => {
  const { structure } = model(SHARE_RIGHT);
  assertEquals(
    model(SHARE_RIGHT, { theme: "light", hidden: new Set(["calls"]) }).structure,
    structure,
  );
  assertNotEquals(model().structure, structure);
});

Deno.test("tooltipContent() sorts values by size and names the time", () => {
  const content = tooltipContent({ model: model(SHARE_RIGHT), idxs: [1, 1, 1, 1], near: 1 });
  assertEquals(content?.title, "1970-01-01 00:01:00");
  assertEquals(content?.rows.map(({ name, value, near }) => [name, value, near]), [
    ["errors", "5 req/s", true],
    ["calls", "2 req/s", false],
    ["share", "20%", false],
  ]);
});

Deno.test("tooltipContent() of a single series is about the nearest", () => {
  const tooltip = { mode: "single", sort: "none", hideZeros: false } as const;
  const content = tooltipContent({
    model: model(SHARE_RIGHT, { tooltip }),
    idxs: [1, 1, 1, 1],
    near: 0,
  });
  assertEquals(content?.rows.map(({ name }) => name), ["calls"]);
});

Deno.test("tooltipContent() leaves out hidden series and, where asked, zeros", () => {
  const tooltip = { mode: "multi", sort: "none", hideZeros: true } as const;
  const content = tooltipContent({
    model: model({}, { tooltip, hidden: new Set(["calls"]) }),
    idxs: [0, 0, 0, 0],
    near: undefined,
  });
  assertEquals(content?.rows.map(({ name }) => name), ["share"]);
});
