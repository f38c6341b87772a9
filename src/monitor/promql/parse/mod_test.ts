import { assert, assertEquals, assertThrows } from "@std/assert";
import type { Expression } from "../ast.ts";
import { ParseError } from "../errors.ts";
import { printExpression } from "../print/mod.ts";
import { parseMatchers, parseQuery, valueType } from "./mod.ts";
import { QUERIES } from "./queries_fixture.ts";

/** The tree without places, and matchers as `name op value`. */
function shape(query: string): unknown {
  return JSON.parse(JSON.stringify(
    parseQuery(query),
    function (this: Record<string, unknown>, key, value) {
      if (key === "from" || key === "to") return undefined;
      if (key !== "matchers") return value;
      return (value as { name: string; type: string; value: string }[])
        .map(({ name, type, value: text }) => `${name} ${type} ${text}`);
    },
  ));
}

/** The operators of a query with parentheses around each. */
function grouped(expression: Expression): string {
  switch (expression.kind) {
    case "binary":
      return `(${grouped(expression.left)} ${expression.operator} ${grouped(expression.right)})`;
    case "unary":
      return `(${expression.operator}${grouped(expression.operand)})`;
    default:
      return printExpression(expression);
  }
}

Deno.test("parseQuery() reads a selector with its conditions, the name's last", () => {
  assertEquals(shape(`up{job="echo", host!~"a|b"} offset 5m @ 1.5`), {
    kind: "selector",
    name: "up",
    matchers: ["job = echo", "host !~ a|b", "__name__ = up"],
    offset: { kind: "milliseconds", ms: 300_000, isDuration: true },
    at: 1500,
  });
});

Deno.test("parseQuery() reads quoted and unquoted names of any script", () => {
  assertEquals(shape(`{"a.b", "c d"="x"}`), {
    kind: "selector",
    name: "",
    matchers: ["__name__ = a.b", "c d = x"],
  });
  assertEquals(shape(`größe.x{état.y="x"}`), {
    kind: "selector",
    name: "größe.x",
    matchers: ["état.y = x", "__name__ = größe.x"],
  });
});

Deno.test("parseQuery() puts time and offset of a range on its selector", () => {
  assertEquals(shape("x[90] @ end() offset -1m anchored"), {
    kind: "range",
    selector: {
      kind: "selector",
      name: "x",
      matchers: ["__name__ = x"],
      at: "end",
      offset: { kind: "milliseconds", ms: -60_000, isDuration: true },
      extension: "anchored",
    },
    range: { kind: "milliseconds", ms: 90_000 },
  });
});

Deno.test("parseQuery() reads matching, grouping and filling between vectors", () => {
  const { matching, returnBool } = parseQuery(
    "a == bool on (x) group_left (y) fill_right (0) fill_left (-1) b",
  ) as Expression & { kind: "binary" };
  assert(returnBool);
  assertEquals(matching, {
    cardinality: "many-to-one",
    on: true,
    labels: ["x"],
    include: ["y"],
    fillLeft: -1,
    fillRight: 0,
  });
});

Deno.test("parseQuery() matches many to many for set operators, and not at all for scalars", () => {
  const set = parseQuery("a and b") as Expression & { kind: "binary" };
  assertEquals(set.matching?.cardinality, "many-to-many");
  assertEquals("matching" in parseQuery("a + 1"), false);
});

Deno.test("parseQuery() binds operators as Prometheus does", () => {
  const cases: Record<string, string> = {
    "a + b * c ^ d ^ e": "(a + (b * (c ^ (d ^ e))))",
    "a - b - c": "((a - b) - c)",
    "-a ^ b": "(-(a ^ b))",
    "-a * b": "((-a) * b)",
    "a ^ -b * c": "((a ^ (-b)) * c)",
    "a or b and c == d + e": "(a or (b and (c == (d + e))))",
    "a unless b and c": "((a unless b) and c)",
    "a % b atan2 c": "((a % b) atan2 c)",
    "-a offset 5m": "(-a offset 5m)",
    "a offset 5m + 3": "(a offset 5m + 3)",
    "a offset -(5m) + 3": "(a offset -(5m) + 3)",
    "--1": "1",
  };
  for (const [query, wanted] of Object.entries(cases)) {
    assertEquals(grouped(parseQuery(query)), wanted, query);
  }
});

Deno.test("parseQuery() reads numbers in every way they can be written", () => {
  const cases: Record<string, number> = {
    "1.": 1,
    ".5": 0.5,
    "1e3": 1000,
    "1_000.5": 1000.5,
    "0x1F": 31,
    "0X_ff": 255,
    "010": 8,
    "08": 8,
    "5m": 300,
    "1y2w3d4h5m6s7ms": 33_019_506.007,
    "-0.5": -0.5,
    "Inf": Infinity,
    "-inf": -Infinity,
    "NAN": NaN,
    "9223372036854775808": 9223372036854775808,
  };
  for (const [query, value] of Object.entries(cases)) {
    const literal = parseQuery(query);
    assertEquals(literal.kind === "number" && literal.value, value, query);
  }
});

Deno.test("parseQuery() reads strings with the escapes of Go", () => {
  const cases: Record<string, string> = {
    [String.raw`"\a\b\f\n\r\t\v\\\""`]: '\x07\b\f\n\r\t\v\\"',
    [String.raw`'\'\x41\101\u00e9\U0001F600'`]: "'AAé\u{1f600}",
    [String.raw`"\xc3\xa9\\x41\x5cx41"`]: "é\\x41\\x41",
    [String.raw`"a\xc5z"`]: "a\udcc5z",
    "`raw \\n\n`": "raw \\n\n",
    [`'"'`]: '"',
  };
  for (const [query, value] of Object.entries(cases)) {
    const literal = parseQuery(query);
    assertEquals(literal.kind === "string" && literal.value, value, query);
  }
});

Deno.test("parseQuery() takes keywords for names where nothing else can be meant", () => {
  for (const word of ["sum", "by", "and", "offset", "fill", "start", "STEP", "min_of"]) {
    const selector = parseQuery(`${word}{${word}="1"} + sum by (${word}) (x)`);
    assertEquals(selector.kind, "binary", word);
  }
});

Deno.test("parseQuery() says where each part stands", () => {
  const { from, to, ...binary } = parseQuery(" sum(a) by (b)\n + (c offset 1m) > 1") as
    & Expression
    & { kind: "binary" };
  assertEquals([from, to], [1, 35]);
  assertEquals([binary.left.from, binary.left.to], [1, 31]);
  const sum = binary.left as Expression & { kind: "binary" };
  assertEquals([sum.left.from, sum.left.to], [1, 14]);
  assertEquals([sum.right.from, sum.right.to], [18, 31]);
});

Deno.test("parseQuery() refuses what an option turns off", () => {
  const cases = [
    ["limitk(1, a)", { experimentalFunctions: false }, "is experimental and must be enabled"],
    ["info(a)", { experimentalFunctions: false }, 'function "info" is not enabled'],
    ["a[step()]", { durationExpressions: false }, "duration expression is not enabled"],
    ["a[5m * 2]", { durationExpressions: false }, "duration expression is not enabled"],
    ["a[5m] smoothed", { extendedRangeSelectors: false }, "smoothed modifier is experimental"],
    ["a + fill(0) b", { fillModifier: false }, "binop fill modifiers are experimental"],
    ["a.b", { unicodeNames: false }, "unexpected character: '.'"],
  ] as const;
  for (const [query, options, message] of cases) {
    parseQuery(query);
    assertThrows(() => parseQuery(query, options), ParseError, message);
  }
});

Deno.test("parseQuery() gives the same tree for the same query", () => {
  assert(parseQuery("remembered + 1") === parseQuery("remembered + 1"));
  const first = parseQuery("forgotten + 1");
  for (let i = 0; i < 500; i++) parseQuery(`other + ${i}`);
  assert(parseQuery("forgotten + 1") !== first);
});

Deno.test("parseQuery() reads again what printExpression() wrote", () => {
  const more = [
    "a[(5m + step()) * -2 ^ max_of(1, range())]",
    "a offset (1h - 5)",
    "a offset -(1h - 5)",
    "a.b{c.d='e'} smoothed",
    "a + on (x) group_left () fill (0.25) b",
    `"\\x80\\u200b"`,
    "min_of(1, 2) + start()",
    "limit_ratio(-0.5, a)",
    "info(a, {b='c'})",
  ];
  for (const query of [...QUERIES, ...more]) {
    const printed = printExpression(parseQuery(query));
    assertEquals(printExpression(parseQuery(printed)), printed, query);
    assertEquals(shape(printed), shape(printExpression(parseQuery(printed))), query);
  }
});

Deno.test("parseMatchers() reads a selector alone", () => {
  const conditions = parseMatchers(`up{job=~"a|b"}`).map(({ name, type, value }) =>
    name + type + value
  );
  assertEquals(conditions, ["job=~a|b", "__name__=up"]);
  assertEquals(parseMatchers("{}"), []);
  for (const selector of ["", "up + 1", "up[5m]", "rate(up)", "{a}"]) {
    assertThrows(() => parseMatchers(selector), ParseError);
  }
});

Deno.test("valueType() tells what an expression gives", () => {
  const cases: Record<string, string> = {
    "1 + 2": "scalar",
    "-(1 + time())": "scalar",
    "1 + a": "vector",
    "'a'": "string",
    "a[5m]": "matrix",
    "(a[5m:])": "matrix",
    "sum(a)": "vector",
    "rate(a[5m])": "vector",
  };
  for (const [query, type] of Object.entries(cases)) {
    assertEquals(valueType(parseQuery(query)), type, query);
  }
});
