import { assertEquals, assertRejects } from "@std/assert";
import { QueryError } from "../errors.ts";
import { overVectors, seriesOf, type TestArgument } from "./functions_fixture.ts";

const VECTOR = [
  seriesOf({ __name__: "m", pod: "echo-1" }, 1),
  seriesOf({ __name__: "m", pod: "other" }, 2),
];

Deno.test("label_replace() sets a label from groups, where the whole value matches", async () => {
  const { values } = await overVectors("label_replace", [
    VECTOR,
    "app",
    "$1/${number}",
    "pod",
    "(.*)-(?P<number>[0-9]+)",
  ]);
  assertEquals(values, { 'm{app="echo/1", pod="echo-1"}': [1], 'm{pod="other"}': [2] });
});

Deno.test("label_replace() takes a label away with an empty text", async () => {
  const { values } = await overVectors("label_replace", [VECTOR, "pod", "", "pod", "echo.*"]);
  assertEquals(Object.keys(values), ["m", 'm{pod="other"}']);
});

Deno.test("label_replace() and label_join() keep a name that they set themselves", async () => {
  const dropped = [{ ...seriesOf({ __name__: "m", pod: "a" }, 1), dropName: true }];
  const renamed = await overVectors("label_replace", [dropped, "__name__", "n", "", ""]);
  assertEquals(renamed.series.map(({ dropName }) => dropName), [false]);
  const joined = await overVectors("label_join", [dropped, "app", "", "pod"]);
  assertEquals(joined.series.map(({ dropName }) => dropName), [true]);
});

Deno.test("label_join() puts labels together", async () => {
  const vector = [seriesOf({ a: "1", b: "2" }, 1)];
  const { values } = await overVectors("label_join", [vector, "c", "-", "a", "none", "b"]);
  assertEquals(Object.keys(values), ['{a="1", b="2", c="1--2"}']);
});

const REFUSED: [string, TestArgument[], string][] = [
  [
    "label_replace",
    [VECTOR, "a", "$1", "b", "("],
    "invalid regular expression in label_replace(): (",
  ],
  [
    "label_replace",
    [VECTOR, "", "", "b", ""],
    "invalid destination label name in label_replace(): ",
  ],
  ["label_join", [VECTOR, "", "-", "a"], "invalid destination label name in label_join(): "],
  ["label_join", [VECTOR, "a", "-", ""], "invalid source label name in label_join(): "],
];

for (const [name, args, message] of REFUSED) {
  Deno.test(`${name}() fails with: ${message}`, async () => {
    const error = await assertRejects(() => overVectors(name, args), QueryError);
    assertEquals(error.message, message);
  });
}
