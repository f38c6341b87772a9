import { assertEquals } from "@std/assert";
import { tokensOf } from "./tokens.ts";

const kinds = (query: string) =>
  tokensOf(query).filter(({ kind }) => kind !== "space").map(({ kind, text }) => `${kind} ${text}`);

Deno.test("tokensOf() tells functions, metrics, labels and keywords apart", () => {
  assertEquals(kinds('sum by (job) (rate(up{le="1"}[5m:1m] offset 1h)) > bool 1e3 # why'), [
    ...["function sum", "keyword by", "bracket (", "label job", "bracket )", "bracket ("],
    ...[
      "function rate",
      "bracket (",
      "metric up",
      "bracket {",
      "label le",
      "operator =",
      'string "1"',
    ],
    ...["bracket }", "bracket [", "number 5m", "operator :", "number 1m", "bracket ]"],
    ...["keyword offset", "number 1h", "bracket )", "bracket )", "operator >", "keyword bool"],
    ...["number 1e3", "comment # why"],
  ]);
});

Deno.test("tokensOf() takes words for names where they are not called", () => {
  assertEquals(kinds("rate + sum + slo:bad:ratio + on (x) Inf"), [
    ...["metric rate", "operator +", "metric sum", "operator +", "metric slo:bad:ratio"],
    ...["operator +", "keyword on", "bracket (", "label x", "bracket )", "number Inf"],
  ]);
});

Deno.test("tokensOf() knows variables, and refuses nothing", () => {
  assertEquals(kinds('rate(x[$__rate_interval]) ${a} "open'), [
    ...["function rate", "bracket (", "metric x", "bracket [", "variable $__rate_interval"],
    ...["bracket ]", "bracket )", "variable ${a}", 'string "open'],
  ]);
  for (const query of ["", ")))", "\u{1F600}", '{a="\\', "a ! b", "[[x]]", "é_1 ~ ;"]) {
    assertEquals(tokensOf(query).map(({ text }) => text).join(""), query);
  }
});
