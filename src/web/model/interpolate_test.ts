import { assertEquals } from "@std/assert";
import { type Format, interpolate, narrowed, referencedNames, type Scope } from "./interpolate.ts";

const choice = (value: string) => ({ text: value.toUpperCase(), value });

const SCOPE: Scope = {
  variables: new Map([
    ["one", { choices: [choice('a.b"c')], all: false, many: false }],
    ["single", { choices: [choice("a.b")], all: false, many: true }],
    ["many", { choices: [choice("a.b"), choice("c|d")], all: false, many: true }],
    ["all", { choices: [choice("x"), choice("y")], all: true, many: true }],
    ["any", { choices: [choice("x")], all: true, allValue: ".*", many: true }],
    ["none", { choices: [], all: false, many: true }],
  ]),
  builtins: { __interval: "15s", __from: "1700000000123" },
};

Deno.test("interpolate() fills in every way to write a name, and leaves others as they are", () => {
  const text = 'up{a="$single", b="${single}", c="[[single]]", d="$unknown", e="${x:y}", f="$"}';
  assertEquals(
    interpolate(text, SCOPE, "raw"),
    'up{a="a.b", b="a.b", c="a.b", d="$unknown", e="${x:y}", f="$"}',
  );
});

Deno.test("interpolate() writes values for PromQL as Grafana does", () => {
  const cases: [string, string][] = [
    ["$one", 'a.b\\"c'],
    ["$single", "a\\\\.b"],
    ["$many", "(a\\\\.b|c\\\\|d)"],
    ["$all", "(x|y)"],
    ["$any", ".*"],
    ["rate(x[$__interval])", "rate(x[15s])"],
  ];
  for (const [text, wanted] of cases) assertEquals(interpolate(text, SCOPE), wanted);
});

Deno.test("interpolate() knows Grafana's formats; the text's own wins", () => {
  const cases: [Format, string][] = [
    ["text", "A.B + C|D"],
    ["raw", "a.b,c|d"],
    ["csv", "a.b,c|d"],
    ["pipe", "a.b|c|d"],
    ["regex", "(a\\.b|c\\|d)"],
    ["glob", "{a.b,c|d}"],
    ["json", '["a.b","c|d"]'],
    ["doublequote", '"a.b","c|d"'],
    ["singlequote", "'a.b','c|d'"],
    ["percentencode", "%7Ba.b%2Cc%7Cd%7D"],
    ["queryparam", "var-many=a.b&var-many=c%7Cd"],
  ];
  for (const [format, wanted] of cases) {
    assertEquals(interpolate("$many", SCOPE, format), wanted, format);
    assertEquals(interpolate(`\${many:${format}}`, SCOPE), wanted, format);
  }
  assertEquals(interpolate("$all", SCOPE, "text"), "All");
  assertEquals(interpolate("$all", SCOPE, "queryparam"), "var-all=%24__all");
});

Deno.test("interpolate() writes times as dates where it is asked to", () => {
  assertEquals(interpolate("${__from}", SCOPE), "1700000000123");
  assertEquals(interpolate("${__from:date}", SCOPE), "2023-11-14T22:13:20.123Z");
  assertEquals(interpolate("${__from:date:seconds}", SCOPE), "1700000000");
});

Deno.test("narrowed() makes a variable one value, which is still escaped", () => {
  const scope = narrowed(SCOPE, "many", choice("c|d"));
  assertEquals(interpolate("$many", scope), "c\\\\|d");
  assertEquals(interpolate("$many", SCOPE), "(a\\\\.b|c\\\\|d)");
});

Deno.test("referencedNames() finds the names in a text", () => {
  assertEquals([...referencedNames("$a ${b:raw} [[c]] d")], ["a", "b", "c"]);
});
