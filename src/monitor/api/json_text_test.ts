import { assert, assertEquals } from "@std/assert";
import { Labels } from "../labels.ts";
import {
  exponentialText,
  type Json,
  JsonPieces,
  listJson,
  longItemsJson,
  objectJson,
  plainText,
  safeJson,
  safeText,
  timestampJson,
  valueJson,
} from "./json_text.ts";

Deno.test("plainText() and safeText() write what JSON reads", () => {
  for (
    const text of ["", "plain", 'a"b\\c', "\n\r\t\b\f\0\x1f\x7f", "é 世 😀", "<&>\u2028\u2029"]
  ) {
    assertEquals(JSON.parse(plainText(text)), text);
    assertEquals(JSON.parse(safeText(text)), text);
  }
  assertEquals(plainText("\b<\udc80"), '"\\u0008<\ufffd"');
  assertEquals(plainText('é\t"\f\x01'), '"é\\t\\"\\u000c\\u0001"');
  assertEquals(safeText("\b<&>\u2028"), '"\\u0008\\u003c\\u0026\\u003e\\u2028"');
});

Deno.test("timestampJson() writes seconds with no or three digits behind the point", () => {
  const cases: readonly [number, string][] = [
    [0, "0"],
    [1000, "1"],
    [1010, "1.010"],
    [1_435_781_451_781, "1435781451.781"],
    [-1, "-0.001"],
    [-1500, "-1.500"],
  ];
  for (const [ms, text] of cases) assertEquals(timestampJson(ms), text);
});

Deno.test("valueJson() and exponentialText() write numbers as Go does", () => {
  const cases: readonly [number, string, string][] = [
    [0, '"0"', "0e+00"],
    [-0, '"-0"', "-0e+00"],
    [1.5, '"1.5"', "1.5e+00"],
    [0.000001, '"0.000001"', "1e-06"],
    [9.9e-7, '"9.9e-07"', "9.9e-07"],
    [1e20, '"100000000000000000000"', "1e+20"],
    [-1e21, '"-1e+21"', "-1e+21"],
    [5e-324, '"5e-324"', "5e-324"],
    [NaN, '"NaN"', "NaN"],
    [Infinity, '"+Inf"', "+Inf"],
    [-Infinity, '"-Inf"', "-Inf"],
  ];
  for (const [value, json, exponential] of cases) {
    assertEquals([valueJson(value), exponentialText(value)], [json, exponential]);
  }
});

Deno.test("safeJson() keeps labels as they are", () => {
  assertEquals(
    safeJson({ a: "<", b: undefined, c: [1, null, true], l: Labels.from({ x: "<", n: "1" }) }),
    '{"a":"\\u003c","c":[1,null,true],"l":{"n":"1","x":"<"}}',
  );
});

Deno.test("objectJson() and longItemsJson() write what safeJson() does, piece by piece", () => {
  const numbers = Array.from({ length: 5_000 }, (_, i) => i);
  const list = () => new JsonPieces(listJson(numbers, String));
  const pieces = [
    ...longItemsJson(
      [1, 2],
      (i) => objectJson({ "<": i, list: list(), none: undefined, last: null }),
    ),
  ];
  const item = (i: number): Json => ({ "<": i, list: numbers, none: undefined, last: null });
  assertEquals(pieces.join(""), safeJson([item(1), item(2)]));
  assert(pieces.every(({ length }) => length < 5_000));
  assertEquals([...objectJson({})].join(""), "{}");
  assertEquals([...longItemsJson([], () => [])].join(""), "[]");
});

Deno.test("listJson() gives long lists in pieces", () => {
  const items = Array.from({ length: 5000 }, (_, i) => i);
  const pieces = [...listJson(items, String)];
  assertEquals(JSON.parse(pieces.join("")), items);
  assertEquals(pieces.length, 6);
});
