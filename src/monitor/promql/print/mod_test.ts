import { assertEquals, assertThrows } from "@std/assert";
import { ParseError } from "../errors.ts";
import { parseQuery } from "../parse/mod.ts";
import { formatQuery, printExpression, quote } from "./mod.ts";

Deno.test("printExpression() prints as Prometheus does", () => {
  const cases: Readonly<Record<string, string>> = {
    'up{ job = "echo" , a!~`b\\d` }': 'up{a!~"b\\\\d",job="echo"}',
    '{"up"}': '{__name__="up"}',
    'a.b{c="d"}': '{__name__="a.b",c="d"}',
    'up{"a b"="c"}': 'up{"a b"="c"}',
    "sum(a)by(b)": "sum by (b) (a)",
    "sum(a) without ()": "sum without () (a)",
    "sum by () (a)": "sum(a)",
    "TOPK(3,a)": "topk(3, a)",
    'count_values("x",a)': 'count_values("x", a)',
    "a+on(b,'c d')group_left()c": 'a + on (b, "c d") group_left () c',
    "a+ignoring()c": "a + c",
    "a+on()c": "a + on () c",
    "a>bool b": "a > bool b",
    "a+fill_left(1)fill_right(1)b": "a + fill (1) b",
    "a+fill_right(1e-7)b": "a + fill_right (1e-07) b",
    "a[90]": "a[1m30s]",
    "a[14d]@1.5 offset 36h": "a[2w] @ 1.500 offset 1d12h",
    "a@start()smoothed offset-5m": "a @ start() smoothed offset -5m",
    "a[5m]anchored@end()": "a[5m] anchored @ end()",
    "a[1h:]offset 0s": "a[1h:]",
    "a[1h:5m]@end()offset 1": "a[1h:5m] @ end() offset 1s",
    "a[(5m+1)*-STEP()]": "a[(5m + 1) * -step()]",
    "a offset -( 5 )": "a offset -(5)",
    "a[min_of(1m, 2)]": "a[min_of(1m, 2)]",
    "1e21+1e-7": "1000000000000000000000 + 0.0000001",
    "-Inf+NaN- -0": "-Inf + NaN - -0",
    "-1m30s+0x10": "-1m30s + 16",
    "'\"\u200b\\xff'": '"\\"\\u200b\\xff"',
    "-(a)": "-(a)",
    "rate(a[5m])": "rate(a[5m])",
  };
  for (const [query, printed] of Object.entries(cases)) {
    assertEquals(printExpression(parseQuery(query)), printed, query);
  }
});

Deno.test("formatQuery() keeps a short query in a line", () => {
  assertEquals(formatQuery(" sum(a)\n  + b # c"), "sum(a) + b");
});

Deno.test("formatQuery() splits what is longer than 100 characters, level by level", () => {
  const long = `some_metric{label="${"x".repeat(80)}"}`;
  assertEquals(
    formatQuery(`sum by(job) (rate(${long}[5m])) > bool (1 + time())`),
    `  sum by (job) (
    rate(
      ${long}[5m]
    )
  )
> bool
  (1 + time())`,
  );
  assertEquals(
    formatQuery(`-topk(3, (${long}))[1h:] offset 1m`.replace("-", "")),
    `topk(
  3,
  (
    ${long}
  )
)[1h:] offset 1m`,
  );
});

Deno.test("formatQuery() refuses what is no query", () => {
  assertThrows(() => formatQuery("sum("), ParseError);
});

Deno.test("quote() writes what cannot be seen as Go does", () => {
  assertEquals(
    quote('a"\\\n\x01\x7f\u00ad\u{1f600}\udc80'),
    '"a\\"\\\\\\n\\x01\\x7f\\u00ad\u{1f600}\\x80"',
  );
});
