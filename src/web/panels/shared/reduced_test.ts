import { assertEquals } from "@std/assert";
import type { DataSeries, PanelData } from "../../data/series.ts";
import { valueText } from "../../format/mod.ts";
import { readPanel } from "../../model/read_panel.ts";
import { arrange } from "./arrangement.ts";
import { reducedValues } from "./reduced.ts";

const series = (name: string, values: (number | null)[], rest: Partial<DataSeries> = {}) => ({
  refId: "A",
  name,
  labels: { version: "1.2.3" },
  times: values.map((_, at) => at),
  values,
  ...rest,
});

function shown(reduceOptions: unknown, ...all: DataSeries[]): [string, string][] {
  const panel = readPanel({
    type: "stat",
    fieldConfig: { defaults: { unit: "s" }, overrides: [] },
    options: { reduceOptions },
  });
  const data: PanelData = {
    state: "done",
    range: { from: 0, to: 1 },
    series: all,
    exemplars: [],
    annotations: [],
    queries: [],
    notices: [],
  };
  return reducedValues(panel, data, { theme: "dark", timeZone: "utc" })
    .map(({ name, formatted }) => [name, valueText(formatted)]);
}

Deno.test("reducedValues() takes the last value that is there, unless told otherwise", () => {
  assertEquals(shown({}, series("a", [1, 2, null]), series("b", [])), [["a", "2 s"], ["b", "-"]]);
});

Deno.test("reducedValues() names the calculation where there are several", () => {
  assertEquals(shown({ calcs: ["min", "max"] }, series("a", [1, 3])), [
    ["a Min", "1 s"],
    ["a Max", "3 s"],
  ]);
});

Deno.test("reducedValues() shows every value up to a limit", () => {
  const two = { values: true, limit: 2 };
  assertEquals(shown(two, series("a", [1, 2, 3])), [["a", "1 s"], ["a", "2 s"]]);
});

Deno.test("reducedValues() shows the labels that are named as fields", () => {
  assertEquals(shown({ fields: "/^version$/" }, series("a", [1])), [["version", "1.2.3"]]);
  assertEquals(shown({ fields: "/.*/" }, series("a", [1])), [["a", "1 s"]]);
});

Deno.test("reducedValues() shows the text of a sample that is no number", () => {
  assertEquals(shown({}, series("a", [null], { texts: ["a string"] })), [["a", "a string"]]);
});

Deno.test("arrange() makes cells as large as they can be", () => {
  const wide = { count: 4, width: 800, height: 100, orientation: "auto", aspect: 2 };
  assertEquals(arrange(wide).columns, 4);
  assertEquals(arrange({ ...wide, width: 400, height: 200 }).columns, 2);
  assertEquals(arrange({ ...wide, orientation: "horizontal" }).columns, 1);
  assertEquals(arrange({ ...wide, width: 100, orientation: "vertical" }).columns, 4);
});
