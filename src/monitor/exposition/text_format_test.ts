import { assertEquals, assertThrows } from "@std/assert";
import { parseExposition } from "./exposition.ts";
import { ExpositionError } from "./exposition_error.ts";
import { TEXT_FAULTS } from "./faults_fixture.ts";
import type { ParsedMetadata, ParsedSample } from "./model.ts";
import { TEXT_PAGE, TEXT_TYPE } from "./pages_fixture.ts";

function parse(text: string): readonly ParsedSample[] {
  return parseExposition(text, TEXT_TYPE).samples;
}

function metadata(text: string): readonly ParsedMetadata[] {
  return parseExposition(text, TEXT_TYPE).metadata;
}

Deno.test("parseExposition() reads everything that the text format has", () => {
  const { samples, metadata } = parseExposition(TEXT_PAGE, TEXT_TYPE);
  assertEquals(samples, [
    {
      name: "foo_counter",
      labels: [["api", "echo"], ["result", "ok"]],
      value: 1027,
      timestamp: 1395066363000,
    },
    { name: "foo_counter", labels: [["api", "echo"], ["result", 'a "b" \\ \n c']], value: 3 },
    { name: "foo_histgram_bucket", labels: [["le", "0.0005"]], value: 0 },
    { name: "foo_histgram_bucket", labels: [["le", "1.0"]], value: 2 },
    { name: "foo_histgram_bucket", labels: [["le", "1e+06"]], value: 3 },
    { name: "foo_histgram_bucket", labels: [["le", "+Inf"]], value: 4 },
    { name: "foo_histgram_sum", labels: [], value: 0.0015 },
    { name: "foo_histgram_count", labels: [], value: 4 },
    { name: "delay_seconds", labels: [["quantile", "0.0"], ["zone", ""]], value: NaN },
    {
      name: "delay_seconds",
      labels: [["quantile", "0.99"], ["zone", "b"]],
      value: -Infinity,
      timestamp: 12,
    },
    { name: "my.metric", labels: [["a.b", "ü\u{1f600}"], ["c", "line\nfeed"]], value: -0 },
    { name: "other metric", labels: [["x", "1"]], value: 0.5 },
    { name: "foo_gauge", labels: [], value: 123456789.125 },
    { name: ":recorded:rate5m", labels: [], value: Infinity },
  ]);
  assertEquals(metadata, [
    { name: "foo_counter", help: 'Calls,\nby \\ result "x".', type: "counter" },
    { name: "foo_histgram", type: "histogram" },
    { name: "delay_seconds", type: "summary" },
    { name: "my.metric", type: "gauge" },
    { name: "foo_gauge", help: "", type: "unknown" },
  ]);
});

const SERIES: readonly [text: string, name: string, labels: readonly [string, string][]][] = [
  ["m 1", "m", []],
  ["m\t 1", "m", []],
  ["  m 1", "m", []],
  ["_:9 1", "_:9", []],
  ["m{} 1", "m", []],
  ["m {} 1", "m", []],
  ['m{a="b"}1', "m", [["a", "b"]]],
  ['m{a="b",} 1', "m", [["a", "b"]]],
  ['m{ a\t= "b" , } 1', "m", [["a", "b"]]],
  ['m{a="1" b="2"} 1', "m", [["a", "1"], ["b", "2"]]],
  ['m{z="1",a="2"} 1', "m", [["z", "1"], ["a", "2"]]],
  ['m{a="#{}, 1"} 1', "m", [["a", "#{}, 1"]]],
  ['m{a=""} 1', "m", [["a", ""]]],
  ['m{a="\\x\\t\\\\n"} 1', "m", [["a", "\\x\\t\\n"]]],
  ['m{a="x\r\0"} 1', "m", [["a", "x\r\0"]]],
  ['m{"a"="b"} 1', "m", [["a", "b"]]],
  ['{"m"} 1', "m", []],
  ['{"m",} 1', "m", []],
  ['{ "m" , a="b"} 1', "m", [["a", "b"]]],
  ['{a="b","m"} 1', "m", [["a", "b"]]],
  ['{"a \\"b\\" \\n"} 1', 'a "b" \n', []],
];

Deno.test("parseExposition() reads a series of the text format in all its forms", () => {
  for (const [text, name, labels] of SERIES) {
    assertEquals(parse(text), [{ name, labels, value: 1 }], JSON.stringify(text));
  }
});

Deno.test("parseExposition() skips empty lines and comments of the text format", () => {
  for (
    const text of ["", "\n", " \t\n\n", "#", "# ", "#x\n", "# HELP", "#HELP m x\n", "#\tTYPEm\n"]
  ) {
    assertEquals(parseExposition(text, TEXT_TYPE), { samples: [], metadata: [] }, text);
  }
  assertEquals(parse("\n# \0 EOF\nm 1\n\n").length, 1, "# EOF means nothing here");
});

Deno.test("parseExposition() reads HELP and TYPE of the text format", () => {
  assertEquals(metadata("# HELP m  two\tblanks "), [{ name: "m", help: " two\tblanks " }]);
  assertEquals(metadata("#\t HELP \t m x"), [{ name: "m", help: "x" }]);
  assertEquals(metadata("# HELP m   \n"), [{ name: "m", help: "" }]);
  assertEquals(metadata('# HELP m \\"\\\\n\\n\\x'), [{ name: "m", help: '\\"\\n\n\\x' }]);
  assertEquals(metadata('# HELP "a.b \\"c\\"" x'), [{ name: 'a.b "c"', help: "x" }]);
  assertEquals(metadata("# TYPE m untyped\n# HELP m 1\n# TYPE m gauge\n# HELP m 2"), [
    { name: "m", type: "gauge", help: "2" },
  ]);
});

Deno.test("parseExposition() takes families that are mixed, come again, or have no metadata", () => {
  const text = "# TYPE a counter\na 1\nb 2\na 3\n# TYPE b gauge\nb 4\na 1\n";
  assertEquals(parse(text).map(({ name, value }) => `${name} ${value}`), [
    "a 1",
    "b 2",
    "a 3",
    "b 4",
    "a 1",
  ]);
});

Deno.test("parseExposition() rewrites le of histograms and quantile of summaries alone", () => {
  const labels = (text: string) => parse(text).flatMap(({ labels }) => labels);
  const series = 'm{le="1",quantile="1",other="1"} 1\n';
  const first = [["other", "1"]] as const;
  const cases = { histogram: ["1.0", "1"], summary: ["1", "1.0"], gauge: ["1", "1"] };
  for (const [type, [le = "", quantile = ""]] of Object.entries(cases)) {
    assertEquals(
      labels(`# TYPE m ${type}\n${series}`),
      [["le", le], ["quantile", quantile], ...first],
      type,
    );
  }
  assertEquals(labels(series), [["le", "1"], ["quantile", "1"], ...first], "no type");
});

Deno.test("parseExposition() refuses a fault in the text format, and says where and what", () => {
  for (const [text, line, column, message] of TEXT_FAULTS) {
    const error = assertThrows(() => parse(text), ExpositionError, message, JSON.stringify(text));
    assertEquals([error.line, error.column], [line, column], JSON.stringify(text));
    assertEquals(
      error.message.startsWith(`Cannot read the metrics page at line ${line}, column ${column}: `),
      true,
      error.message,
    );
  }
});

Deno.test("parseExposition() finds a label that comes twice among many", () => {
  const labels = Array.from({ length: 100 }, (_, i) => `a${i}="${i}"`);
  assertEquals(parse(`m{${labels}} 1`)[0]?.labels.length, 100);
  for (const repeated of ['a40="x"', '__name__="x"']) {
    assertThrows(() => parse(`m{${labels},${repeated}} 1`), ExpositionError, "twice");
  }
});

Deno.test("parseExposition() takes blanks before a name as no part of it", () => {
  assertEquals(parse(' \tm{a="b"} 1\n  n 2').map(({ name }) => name), ["m", "n"]);
});

Deno.test("parseExposition() quotes no more than the beginning of what it found", () => {
  const { message } = assertThrows(() => parse(`m ${"x".repeat(1e6)}`), ExpositionError);
  assertEquals(message.length < 150, true, message.slice(0, 200));
});
