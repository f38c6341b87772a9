import { assertEquals, assertThrows } from "@std/assert";
import { parseExposition } from "./exposition.ts";
import { ExpositionError } from "./exposition_error.ts";
import { OPENMETRICS_FAULTS } from "./faults_fixture.ts";
import type { Exposition, ParsedSample } from "./model.ts";
import { OPENMETRICS_PAGE, OPENMETRICS_TYPE } from "./pages_fixture.ts";

function parse(text: string): Exposition {
  return parseExposition(text, OPENMETRICS_TYPE);
}

function parseLine(line: string): ParsedSample | undefined {
  return parse(`${line}\n# EOF\n`).samples[0];
}

Deno.test("parseExposition() reads everything that OpenMetrics has", () => {
  const { samples, metadata } = parse(OPENMETRICS_PAGE);
  assertEquals(samples, [
    {
      name: "foo_seconds_total",
      labels: [["api", "echo"]],
      value: 17.5,
      timestamp: 1520879607789,
      exemplar: { labels: [["trace_id", "KOO5S4vxi0o"]], value: 0.67, timestamp: 1520879607123 },
      startTimestamp: 1520430000123,
    },
    { name: "foo_seconds_created", labels: [["api", "echo"]], value: 1520430000.123 },
    {
      name: "foo_seconds_total",
      labels: [["api", "b c"]],
      value: 3,
      exemplar: { labels: [], value: 1 },
    },
    {
      name: "foo_histgram_bucket",
      labels: [["le", "1.0"]],
      value: 2,
      exemplar: { labels: [["trace_id", 'a"b'], ["span", "1"]], value: 0.9 },
      startTimestamp: 1.5e12,
    },
    { name: "foo_histgram_bucket", labels: [["le", "+Inf"]], value: 4, startTimestamp: 1.5e12 },
    { name: "foo_histgram_count", labels: [], value: 4, startTimestamp: 1.5e12 },
    { name: "foo_histgram_sum", labels: [], value: 1000, startTimestamp: 1.5e12 },
    { name: "foo_histgram_created", labels: [], value: 1.5e9 },
    { name: "size_bytes_bucket", labels: [["le", "1"]], value: 2 },
    { name: "size_bytes_gcount", labels: [], value: 2 },
    { name: "delay", labels: [["quantile", "1.0"], ["zone", ""]], value: NaN },
    { name: "delay_count", labels: [["zone", ""]], value: 2 },
    { name: "build_info", labels: [["version", "0.1.0"]], value: 1 },
    { name: "state", labels: [["state", "on"]], value: 0 },
    { name: "my.metric", labels: [["a.b", "ü\u{1f600}"]], value: -Infinity, timestamp: -1500 },
    { name: "other", labels: [["a", "b\\c"]], value: 0.25 },
  ]);
  assertEquals(metadata, [
    { name: "foo_seconds", type: "counter", unit: "seconds", help: 'Time, "quoted" \\ \n.' },
    { name: "foo_histgram", type: "histogram" },
    { name: "size_bytes", type: "gaugehistogram", unit: "bytes" },
    { name: "delay", type: "summary" },
    { name: "build", type: "info" },
    { name: "state", type: "stateset" },
    { name: "my.metric", type: "gauge", help: "" },
    { name: "other", type: "unknown" },
  ]);
});

Deno.test("parseExposition() reads OpenMetrics' seconds as whole milliseconds, towards zero", () => {
  const cases = { "1.2345": 1234, "-0.0015": -1, "-0.0001": 0, "1e3": 1e6, "0": 0 };
  for (const [seconds, milliseconds] of Object.entries(cases)) {
    assertEquals(parseLine(`m 1 ${seconds}`)?.timestamp, milliseconds, seconds);
    const { exemplar } = parseLine(`m 1 # {} 2 ${seconds}`) ?? {};
    assertEquals(exemplar, { labels: [], value: 2, timestamp: milliseconds }, seconds);
  }
});

Deno.test("parseExposition() keeps a time of OpenMetrics that is far off within 64 bits", () => {
  assertEquals(parseLine("m 1 1e300")?.timestamp, 2 ** 63);
  assertEquals(parseLine("m 1 -1e308")?.timestamp, -(2 ** 63));
});

Deno.test("parseExposition() gives _created to the samples of the same series", () => {
  const starts = (text: string) =>
    parse(`${text}# EOF`).samples.map(({ startTimestamp }) => startTimestamp);
  const one = 'c_total{a="1"} 1\nc_total{a="2"} 2\nc_created{a="2"} 5\n';
  assertEquals(starts(`# TYPE c counter\n${one}`), [undefined, 5000, undefined]);
  assertEquals(starts(`# TYPE c gauge\n${one}`), [undefined, undefined, undefined]);
  assertEquals(starts(one), [undefined, undefined, undefined]);
  assertEquals(
    starts(`# TYPE c counter\nc_total 1\n# TYPE d counter\nd_total 2\nc_created 5\nd_created 6\n`),
    [undefined, 6000, undefined, undefined],
    "in their own family",
  );
  assertEquals(
    starts('# TYPE s summary\ns{quantile="0.5",a="1"} 1\ns_sum{a="1"} 1\ns_created{a="1"} 7.5\n'),
    [7500, 7500, undefined],
  );
  for (const created of ["NaN", "+Inf", "0", "-1"]) {
    assertEquals(starts(`# TYPE c counter\nc_total 1\nc_created ${created}\n`), [
      undefined,
      undefined,
    ]);
  }
});

Deno.test("parseExposition() wants # EOF as the last line of OpenMetrics", () => {
  for (const text of ["# EOF", "# EOF\n"]) {
    assertEquals(parse(text), { samples: [], metadata: [] });
  }
  const expected = "expected '# EOF' as the last line, found none";
  for (const text of ["", "m 1\n", "m 1", "m 1 2", "m 1 # {} 1", "m 1 # {} 1 2\n", "# HELP m x"]) {
    assertThrows(() => parse(text), ExpositionError, expected, JSON.stringify(text));
  }
  for (const text of ["# EOF\n\n", "# EOF\nm 1", "# EOFm", "# EOF\n# EOF\n", "# EOF \n"]) {
    assertThrows(() => parse(text), ExpositionError, "expected nothing after '# EOF'", text);
  }
});

Deno.test("parseExposition() refuses a fault in OpenMetrics, and says where and what", () => {
  for (const [text, column, message] of OPENMETRICS_FAULTS) {
    const page = `first 1\n${text}\n# EOF\n`;
    const error = assertThrows(() => parse(page), ExpositionError, message, JSON.stringify(text));
    assertEquals([error.line, error.column], [2, column], JSON.stringify(text));
  }
});

Deno.test("parseExposition() takes an exemplar on any sample, and a counter without _total", () => {
  const page = "# TYPE g gauge\ng 1 # {} 2\n# TYPE c counter\nc 1\n# EOF";
  assertEquals(parse(page).samples, [
    { name: "g", labels: [], value: 1, exemplar: { labels: [], value: 2 } },
    { name: "c", labels: [], value: 1 },
  ]);
});
