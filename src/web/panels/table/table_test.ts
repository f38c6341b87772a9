import { assertEquals } from "@std/assert";
import { readPanel } from "../../model/read_panel.ts";
import { cellOf, shownColumns, tablesOf } from "./columns.ts";
import { cellLink } from "./links.ts";
import { initialSorting, nextSorting, sortedRows } from "./sorting.ts";

const TABLE = {
  name: "",
  columns: [
    { name: "Time", kind: "time", refId: "A", labels: {}, values: [0, 0, 0] },
    { name: "pod", kind: "string", refId: "A", labels: {}, values: ["pod-10", "pod-9", null] },
    { name: "Value", kind: "number", refId: "A", labels: {}, values: [2, null, 1024] },
  ],
} as const;
const LOOK = { theme: "dark", timeZone: "utc" } as const;

const override = (name: string, id: string, value: unknown) => ({
  matcher: { id: "byName", options: name },
  properties: [{ id, value }],
});

function columns(...overrides: ReturnType<typeof override>[]): ReturnType<typeof shownColumns> {
  const panel = readPanel({ type: "table", fieldConfig: { defaults: {}, overrides } });
  return shownColumns(panel, TABLE);
}

Deno.test("shownColumns() hides, renames and gives units by override", () => {
  const shown = columns(
    override("Time", "custom.hidden", true),
    override("pod", "displayName", "Pod"),
    override("Value", "unit", "bytes"),
  );
  assertEquals(shown.map(({ name, align }) => [name, align]), [["Pod", "left"], [
    "Value",
    "right",
  ]]);
  const value = shown[1];
  assertEquals(value && [0, 1, 2].map((row) => cellOf(value, row, LOOK).text), ["2", "", "1"]);
});

Deno.test("cellOf() writes times as dates", () => {
  const [time] = columns();
  assertEquals(time && cellOf(time, 0, LOOK).text, "1970-01-01 00:00:00");
});

Deno.test("tablesOf() makes rows of series and columns of labels", () => {
  const series = [
    { refId: "A", name: "a", labels: { pod: "x", job: "j" }, times: [5, 10], values: [1, 2] },
    { refId: "A", name: "b", labels: { pod: "y" }, times: [10], values: [3] },
  ];
  const range = { from: 0, to: 10 };
  const rest = { exemplars: [], annotations: [], queries: [], notices: [] };
  const [table] = tablesOf({ state: "done", range, series, ...rest });
  assertEquals(table?.columns.map(({ name, values }) => [name, ...values]), [
    ["Time", 10, 10],
    ["job", "j", null],
    ["pod", "x", "y"],
    ["Value", 2, 3],
  ]);
});

Deno.test("sortedRows() sorts numbers in texts as numbers, and nothing last both ways", () => {
  const sorted = (descending: boolean) => sortedRows(columns(), 3, { column: "pod", descending });
  assertEquals([sorted(false), sorted(true)], [[1, 0, 2], [0, 1, 2]]);
  assertEquals(sortedRows(columns(), 3, undefined), [0, 1, 2]);
});

Deno.test("nextSorting() goes upwards, downwards, and back", () => {
  const up = nextSorting(undefined, "a");
  const down = nextSorting(up, "a");
  assertEquals([up?.descending, down?.descending, nextSorting(down, "a")], [
    false,
    true,
    undefined,
  ]);
  assertEquals(initialSorting({ sortBy: [{ displayName: "a", desc: true }] }), {
    column: "a",
    descending: true,
  });
});

Deno.test("cellLink() fills in the row's fields, and leads to no script", () => {
  const shown = columns(override("Value", "links", [{
    title: "Pod",
    url: "/d/pods?var-pod=${__data.fields.pod}&v=${__value.raw}",
  }]));
  const value = shown[2];
  assertEquals(value && cellLink(shown, value, 0, "2")?.url, "/d/pods?var-pod=pod-10&v=2");
  const bad = columns(override("Value", "links", [{ title: "x", url: "javascript:alert(1)" }]));
  assertEquals(bad[2] && cellLink(bad, bad[2], 0, "2"), undefined);
});
