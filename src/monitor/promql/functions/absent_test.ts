import { assertEquals } from "@std/assert";
import type { Matcher, MatchType } from "../../samples.ts";
import type { VectorSelector } from "../ast.ts";
import { absentLabels } from "./absent.ts";
import { overVectors, seriesOf } from "./functions_fixture.ts";

function selector(...matchers: [string, MatchType, string][]): VectorSelector {
  return {
    kind: "selector",
    name: "m",
    matchers: matchers.map(([name, type, value]): Matcher => ({
      name,
      type,
      value,
      matches: () => true,
    })),
    from: 0,
    to: 0,
  };
}

Deno.test("absent() is 1 where no series has a value", async () => {
  const { values } = await overVectors("absent", [[
    seriesOf({ i: "a" }, 1, undefined, undefined),
    seriesOf({ i: "b" }, undefined, undefined, 0),
  ]]);
  assertEquals(values, { "{}": [undefined, 1, undefined] });
});

Deno.test("absent() of something is nothing", async () => {
  assertEquals((await overVectors("absent", [[seriesOf({}, 0)]])).values, {});
});

Deno.test("absentLabels() are those asked for with = and once", () => {
  const given = selector(["__name__", "=", "m"], ["job", "=", "echo"], ["i", "=~", "a"]);
  assertEquals(absentLabels(given).toString(), '{job="echo"}');
  const twice = selector(["job", "=", "a"], ["job", "=", "b"], ["i", "=", "c"]);
  assertEquals(absentLabels(twice).toString(), '{i="c"}');
  const range = { ms: 1, from: 0, to: 0, kind: "milliseconds" } as const;
  assertEquals(
    absentLabels({ kind: "range", selector: given, range, from: 0, to: 0 }).toString(),
    '{job="echo"}',
  );
  assertEquals(absentLabels({ kind: "number", value: 1, from: 0, to: 0 }).size, 0);
});
