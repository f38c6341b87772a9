import { assertEquals } from "@std/assert";
import { faultOf, isUnfinished, withoutVariables } from "./fault.ts";

Deno.test("faultOf() marks the piece of the query that Prometheus means", () => {
  const cases: [string, string, string][] = [
    ["rate(up)", "1:6: parse error: expected range vector", "up"],
    ["sum(\n  up +\n)", "3:1: parse error: unexpected )", ")"],
    ["sum(up", "1:7: parse error: unclosed left parenthesis", "up"],
    ['{a="é"} foo', "1:10: parse error: unexpected identifier", "foo"],
  ];
  for (const [query, error, marked] of cases) {
    const fault = faultOf(query, error);
    assertEquals(query.slice(fault?.from, fault?.to), marked);
    assertEquals(fault?.message, error.replace(/^.*parse error: /, ""));
  }
  assertEquals(faultOf("up", "query timed out"), undefined);
});

Deno.test("withoutVariables() leaves everything where it is", () => {
  assertEquals(
    withoutVariables("rate(x[$__rate_interval]) * $__range_s + ${__interval_ms} y"),
    "rate(x[5m              ]) * 1          + 1                y",
  );
});

Deno.test("isUnfinished() waits for what must follow", () => {
  for (const query of ["", "rate(up", "up{", 'up{a="', '"', "up[5m", "up +", "sum by", "up and "]) {
    assertEquals([query, isUnfinished(query)], [query, true]);
  }
  for (const query of ["up", "up))", "rate(up)", "# why\nup", '"text"', "foo bar"]) {
    assertEquals([query, isUnfinished(query)], [query, false]);
  }
});
