import { assertEquals, assertThrows } from "@std/assert";
import { createFloatHistogram } from "../../histogram/mod.ts";
import { Labels } from "../../labels.ts";
import { formatExponential, formatFixed, formatShort } from "./go_float.ts";
import { humanize, humanize1024, humanizeDuration, humanizeTimestamp } from "./humanize.ts";
import { parseTemplate, type TemplateData } from "./template.ts";

function data(value: TemplateData["value"] = 1): TemplateData {
  return { labels: Labels.from({ job: "x.y's-z", n: "5" }), value };
}

const FAULTS: readonly [string, string][] = [
  ["{{ $labels.a", "an action has no end: '}}' is missing, in '{{ $labels.a'"],
  ["{{ }}", "a value is missing"],
  ["{{ $label.a }}", "there is no variable '$label'"],
  ["{{ .Label.a }}", "there is no '.Label', only .Labels, .Value"],
  ["{{ $value.x }}", "'.x' can be taken of labels alone"],
  ["{{ $value | humanise }}", "the function 'humanise' is not known here"],
  ['{{ query "up" | first | value }}', "the function 'query' is not known here"],
  ["{{ humanize }}", "'humanize' takes 1 values, found 0"],
  ["{{ humanize $value 2 }}", "'humanize' takes 1 values, found 2"],
  ["{{ $value $value }}", "'$value' is no function and takes no '$value'"],
  ["{{ $value | $labels }}", "'$labels' is no function to pipe into"],
  ["{{ $value | }}", "a value is missing"],
  ["{{ ($value }}", "a ')' is missing"],
  ["{{ $value) }}", "did not expect ')'"],
  ["{{ ' }}", "did not expect '' }}'"],
  ['{{ "\\d" }}', "unknown escape sequence U+0064 'd'"],
  ['{{ printf "%z" 1 }}', "printf does not know '%z' here"],
  ["{{ range .Labels }}{{ end }}", "'range' is not known here"],
  ["{{ $x := 1 }}", "variables of one's own are not known here"],
  ["{{ if $value }}a", "'{{ end }}' is missing for '{{ if $value }}'"],
  ["{{ if $value }}a{{ else }}b", "'{{ end }}' is missing for '{{ if $value }}'"],
  ["{{ if }}a{{ end }}", "a value is missing"],
  ["{{ if 1 }}{{ else if }}{{ end }}", "a condition is missing"],
  ["{{ if 1 }}{{ else 2 }}{{ end }}", "did not expect '2' after 'else'"],
  ["a {{ end }}", "found '{{ end }}' without an '{{ if … }}'"],
  ["{{ if 1 }}{{ else }}{{ else }}{{ end }}", "'{{ end }}' is missing"],
  ["{{/* a", "a comment has no end"],
  [`{{ ${"(".repeat(100)}1${")".repeat(100)} }}`, "parentheses are nested too deep"],
];

for (const [template, message] of FAULTS) {
  Deno.test(`parseTemplate() refuses ${template.slice(0, 50)}`, () => {
    assertThrows(() => parseTemplate(template), Error, message);
  });
}

const MISMATCHES: readonly [string, string][] = [
  ["{{ humanize $labels }}", "expected a number, found map[string]string map[job:x.y's-z n:5]"],
  ["{{ humanize $labels.job }}", "expected a number, found string x.y's-z"],
  ["{{ toUpper $value }}", "expected text, found float64 1"],
  ["{{ gt $value 1 }}", "cannot compare float64 with int; write 5.0, not 5"],
  ["{{ eq $labels $labels }}", "cannot compare map[string]string with map[string]string"],
  ["{{ lt true false }}", "true and false have no order"],
  ["{{ index $value 1 }}", "expected labels to look into, found float64 1"],
  ["{{ . }}", "'.' is all data of the alert"],
  ["{{ humanizeTimestamp 1e12 }}", "1000000000000 is too large for a time"],
];

for (const [template, message] of MISMATCHES) {
  Deno.test(`Template.expand() cannot fill in ${template}`, () => {
    assertThrows(() => parseTemplate(template).expand(data()), Error, message);
  });
}

Deno.test("Template.expand() fills in labels, values and what is made of them", () => {
  const expand = (text: string, value?: TemplateData["value"]) =>
    parseTemplate(text).expand(data(value));
  assertEquals(expand("{{ $labels.job | title }}"), "X.y's-Z");
  assertEquals(expand("{{ $labels.n | humanize }}"), "5");
  assertEquals(expand("{{$value}} of {{.Labels.job}}", 0.1), "0.1 of x.y's-z");
  assertEquals(expand("{{ $value }}}}"), "1}}");
  assertEquals(expand('{{ "}}" }}'), "}}");
  assertEquals(expand("{{ if $labels }}some{{ end }}"), "some");
  assertEquals(expand("{{ humanizePercentage $value }}", 0.0312345), "3.123%");
});

Deno.test("Template.expand() shows a histogram as PromQL prints it", () => {
  const histogram = createFloatHistogram({ schema: 0, count: 2, sum: 3 });
  assertEquals(parseTemplate("{{ $value }}").expand(data(histogram)), "{count:2, sum:3}");
  assertThrows(() => parseTemplate("{{ humanize $value }}").expand(data(histogram)), Error);
});

Deno.test("humanize functions keep to four digits, and to prefixes that there are", () => {
  assertEquals(humanize(1e30), "1e+06Y");
  assertEquals(humanize(1e-30), "1e-06y");
  assertEquals(humanize1024(-2048), "-2ki");
  assertEquals(humanize1024(2 ** 90), "1024Yi");
  assertEquals(humanizeDuration(1e21), "11574074074074074d 1h 46m 40s");
  assertEquals([NaN, Infinity, -Infinity].map(humanize), ["NaN", "+Inf", "-Inf"]);
  assertEquals([NaN, Infinity].map(humanizeTimestamp), ["NaN", "+Inf"]);
});

Deno.test("formatShort() and its like round what lies in the middle to the even digit, as Go does", () => {
  assertEquals([0.5, 1.5, 2.5, -0.5].map((value) => formatFixed(value, 0)), ["0", "2", "2", "-0"]);
  assertEquals(formatFixed(0.125, 2), "0.12");
  assertEquals(formatFixed(0.375, 2), "0.38");
  assertEquals(formatFixed(1e21, 1), "1000000000000000000000.0");
  assertEquals([12345, 12355, 123450].map((value) => formatShort(value, 4)), [
    "1.234e+04",
    "1.236e+04",
    "1.234e+05",
  ]);
  assertEquals([0, 0.0001, 0.00001, 99999].map((value) => formatShort(value, 4)), [
    "0",
    "0.0001",
    "1e-05",
    "1e+05",
  ]);
  assertEquals(formatExponential(2.5, 0), "2e+00");
  assertEquals(formatExponential(0, 2), "0.00e+00");
});
