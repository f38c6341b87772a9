import { assertEquals, assertThrows } from "@std/assert";
import { parseSeries, type SequenceValue } from "./series.ts";
import { ScriptError } from "./script_error.ts";

function show(value: SequenceValue): string {
  switch (value.kind) {
    case "number":
      return String(value.value);
    case "histogram":
      return `h${value.histogram.sum}`;
    default:
      return value.kind;
  }
}

Deno.test("parseSeries() expands every form of a value", () => {
  const cases: Record<string, string> = {
    "m 1 -2 +3": "1 -2 3",
    "m 1x2": "1 1 1",
    "m 1+2x3": "1 3 5 7",
    "m 10-2.5x2": "10 7.5 5",
    "m -1-1x1": "-1 -2",
    "m _ _x2 5": "omitted omitted omitted 5",
    "m stale stalex1": "stale stale stale",
    "m NaN Inf -Inf +Inf": "NaN Infinity -Infinity Infinity",
    "m NaNx1 Inf-1x1": "NaN NaN Infinity Infinity",
    "m 1e2+1e-1x1": "100 100.1",
    "m {{sum:1 count:2}} {{sum:3}}x1": "h1 h3 h3",
    "m {{sum:1}}+{{sum:2}}x2": "h1 h3 h5",
    "m {{sum:5}}-{{sum:2}}x1": "h5 h3",
    "m": "",
  };
  for (const [line, expected] of Object.entries(cases)) {
    assertEquals(parseSeries(line).values.map(show).join(" "), expected, line);
  }
});

Deno.test("parseSeries() adds up increases, with the rounding that this has", () => {
  const last = parseSeries("m 0+0.1x10").values.at(-1);
  assertEquals(last, { kind: "number", value: 0.9999999999999999 });
});

Deno.test("parseSeries() reads labels in quotes or not, and names inside the braces", () => {
  const cases: Record<string, string> = {
    'up{job="a", instance="b c"} 1': 'up{instance="b c", job="a"}',
    "{} 1": "{}",
    "job:rate5m 1": "job:rate5m",
    '{"my.name", "a label"=`x`,} 1': '{"my.name", "a label"="x"}',
    "Zähler{größe='x'} 1": '{"Zähler", "größe"="x"}',
    'm{le="}", x=""} 1': 'm{le="}"}',
  };
  for (const [line, expected] of Object.entries(cases)) {
    const { labels, values } = parseSeries(line);
    assertEquals(labels.toString(), expected);
    assertEquals(values.length, 1, line);
  }
});

Deno.test("parseSeries() knows whether a histogram says a counter reset", () => {
  const said = (line: string) =>
    parseSeries(line).values.map((value) => value.kind === "histogram" && value.hasCounterReset);
  assertEquals(said("m {{sum:1}} {{sum:1 counter_reset_hint:gauge}}"), [false, true]);
});

Deno.test("parseSeries() says what it cannot read", () => {
  const cases: Record<string, string> = {
    "m 1+2": "'1+2' is no value",
    "m one": "'one' is no value",
    "m 1x": "'1x' is no value",
    "m 1x-1": "how often after 'x'",
    "m 1x99999999999": "at most 10000000",
    "m {{sum:x}}": "'sum' needs a number",
    "m{a=} 1": "expected text in quotes",
    "m{a} 1": "expected '='",
    'm{a="b" c="d"} 1': "expected ',' or '}'",
  };
  for (const [line, message] of Object.entries(cases)) {
    assertThrows(() => parseSeries(line), ScriptError, message, line);
  }
});
