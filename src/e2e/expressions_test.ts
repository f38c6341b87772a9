import { assert, assertEquals, assertGreater } from "@std/assert";
import { filledIn, questions } from "./expressions.ts";

Deno.test("filledIn() leaves no variable", () => {
  assertEquals(
    filledIn('rate(a{job=~"$job", pod=~"${pod:regex}"}[$__rate_interval])'),
    'rate(a{job=~".*", pod=~".*"}[1m])',
  );
});

Deno.test("questions() has every expression once, and of variables what is asked", () => {
  const found = questions();
  assertGreater(found.length, 50);
  assertEquals(new Set(found.map(({ promql }) => promql)).size, found.length);
  for (const { promql } of found) assert(!/\$|label_values/.test(promql), promql);
  assert(found.some(({ promql }) => promql === "echoscope_build_info{}"));
});
