import { assertEquals } from "@std/assert";
import type { Panel, Target } from "../../model/mod.ts";
import type { DataSeries, DataTable } from "../series.ts";
import { transformed } from "./mod.ts";

function series(refId: string, labels: Record<string, string>, values: number[]): DataSeries {
  return {
    refId,
    name: `${refId} ${Object.values(labels)}`,
    labels,
    times: values.map((_, at) => at * 1000),
    values,
  };
}

function show(
  transformations: Panel["transformations"],
  found: readonly DataSeries[],
  { type = "table", format = "table" }: { type?: string; format?: NonNullable<Target["format"]> } =
    {},
): ReturnType<typeof transformed> {
  const refIds = new Set(found.map(({ refId }) => refId));
  return transformed({
    id: 1,
    type,
    title: "",
    gridPos: { x: 0, y: 0, w: 1, h: 1 },
    targets: [...refIds].map((refId) => ({ refId, expr: "up", format })),
    fieldConfig: { defaults: {}, overrides: [] },
    options: {},
    links: [],
    transformations,
  }, found);
}

/** A table as rows, its head first. */
function rows(tables: readonly DataTable[] = []): unknown[][] {
  const [{ columns } = { columns: [] }] = tables;
  const count = columns[0]?.values.length ?? 0;
  return [
    columns.map(({ name }) => name),
    ...Array.from({ length: count }, (_, at) => columns.map(({ values }) => values[at])),
  ];
}

const TWO = [series("A", { pod: "x" }, [1]), series("A", { pod: "y" }, [2])];
const BOTH = [...TWO, series("B", { pod: "y" }, [20]), series("B", { pod: "z" }, [30])];

Deno.test("transformed() makes a table of a query with format table", () => {
  assertEquals(rows(show([], TWO).tables), [["Time", "pod", "Value"], [0, "x", 1], [0, "y", 2]]);
});

Deno.test("transformed() leaves graphs without transformations alone", () => {
  const { series, tables } = show([], TWO, { type: "timeseries" });
  assertEquals([series === TWO, tables], [true, undefined]);
});

Deno.test("transformed() organizes columns", () => {
  const options = {
    excludeByName: { Time: true },
    indexByName: { Value: 0, pod: 1 },
    renameByName: { pod: "Pod" },
  };
  assertEquals(rows(show([{ id: "organize", options }], TWO).tables), [["Value", "Pod"], [1, "x"], [
    2,
    "y",
  ]]);
});

Deno.test("transformed() merges the tables of several queries", () => {
  assertEquals(rows(show([{ id: "merge" }], BOTH).tables), [
    ["Time", "pod", "Value #A", "Value #B"],
    [0, "x", 1, null],
    [0, "y", 2, 20],
    [0, "z", null, 30],
  ]);
});

Deno.test("transformed() merges no rows of different things", () => {
  const found = [series("A", { pod: "x" }, [1]), series("B", { job: "y" }, [2])];
  assertEquals(rows(show([{ id: "merge" }], found).tables), [
    ["Time", "pod", "Value #A", "job", "Value #B"],
    [0, "x", 1, null, null],
    [0, null, null, "y", 2],
  ]);
});

Deno.test("transformed() reduces series to numbers", () => {
  const found = [series("A", { pod: "x" }, [1, 3]), series("A", { pod: "y" }, [5, 4])];
  const graph = { format: "time_series" } as const;
  const toRows = { id: "reduce", options: { reducers: ["lastNotNull", "max"] } };
  assertEquals(rows(show([toRows], found, graph).tables), [
    ["Field", "Last *", "Max"],
    ["A x", 3, 3],
    ["A y", 4, 5],
  ]);
  const fields = { id: "reduce", options: { reducers: ["mean"], mode: "reduceFields" } };
  assertEquals(rows(show([fields], found, graph).tables), [["A x", "A y"], [2, 4.5]]);
});

Deno.test("transformed() filters and renames the series of a graph", () => {
  const graph = { type: "timeseries", format: "time_series" } as const;
  const names = (transformation: Panel["transformations"][number]) =>
    show([transformation], BOTH, graph).series.map(({ name }) => name);
  assertEquals(names({ id: "filterByRefId", options: { include: "B" } }), ["B y", "B z"]);
  const exclude = { id: "filterFieldsByName", options: { exclude: { pattern: "/ y$/" } } };
  assertEquals(names(exclude), ["A x", "B z"]);
  const include = { id: "filterFieldsByName", options: { include: { names: ["Time", "A x"] } } };
  assertEquals(names(include), ["A x"]);
  const rename = { id: "renameByRegex", options: { regex: "(.) (.)", renamePattern: "$2/$1" } };
  assertEquals(names(rename), ["x/A", "y/A", "y/B", "z/B"]);
  const kept = show([exclude], BOTH, graph).series[0];
  assertEquals([kept?.labels, kept?.times, kept?.values], [{ pod: "x" }, [0], [1]]);
});

Deno.test("transformed() sorts and limits rows", () => {
  const sort = { id: "sortBy", options: { sort: [{ field: "Value", desc: true }] } };
  const limit = { id: "limit", options: { limitField: 1 } };
  assertEquals(rows(show([sort, limit], TWO).tables), [["Time", "pod", "Value"], [0, "y", 2]]);
});

Deno.test("transformed() turns labels into columns", () => {
  const graph = { format: "time_series" } as const;
  assertEquals(rows(show([{ id: "labelsToFields" }], TWO, graph).tables), [
    ["Time", "pod", "Value"],
    [0, "x", 1],
    [0, "y", 2],
  ]);
  const byLabel = { id: "labelsToFields", options: { valueLabel: "pod" } };
  assertEquals(rows(show([byLabel], TWO, graph).tables), [["Time", "x", "y"], [0, 1, 2]]);
});

Deno.test("transformed() says which transformations it does not know", () => {
  const { notices } = show([{ id: "groupBy" }], TWO);
  assertEquals(notices, [
    'The transformation "groupBy" is not known here: what is shown is without it.',
  ]);
});
