import { assertEquals } from "@std/assert";
import type { DataSeries } from "../data/series.ts";
import { tableOf, toCsv } from "./csv.ts";

const series = (name: string, points: [number, number | null][]): DataSeries => ({
  refId: "A",
  name,
  labels: {},
  times: points.map(([time]) => time),
  values: points.map(([, value]) => value),
});

Deno.test("tableOf() puts series side by side, also where their times differ", () => {
  const table = tableOf([series("a", [[1, 10], [3, 30]]), series("b", [[2, null], [3, 33]])]);
  assertEquals(table.columns, ["a", "b"]);
  assertEquals(table.rows.map(({ time, values }) => [time, ...values]), [
    [1, 10, null],
    [2, null, null],
    [3, 30, 33],
  ]);
});

Deno.test("toCsv() quotes names and leaves gaps empty", () => {
  const table = tableOf([
    series('{job="a", x}', [[0, 1.5]]),
    series("=1+1", [[0, NaN], [1000, Infinity]]),
  ]);
  assertEquals(
    toCsv(table),
    'time,"{job=""a"", x}",\'=1+1\r\n' +
      "1970-01-01T00:00:00.000Z,1.5,NaN\r\n" +
      "1970-01-01T00:00:01.000Z,,Infinity\r\n",
  );
});
