import { assertEquals } from "@std/assert";
import { contextAt } from "./context.ts";

/** The context at `|`. */
function at(marked: string): ReturnType<typeof contextAt> {
  return contextAt(marked.replace("|", ""), marked.indexOf("|"));
}

Deno.test("contextAt() knows what may be written at the caret", () => {
  const cases: [string, string, string][] = [
    ["|", "expression", ""],
    ["ra|", "expression", "ra"],
    ["ra|te(x)", "expression", "ra"],
    ["sum(|)", "expression", ""],
    ["rate(htt|p[5m])", "expression", "htt"],
    ["up + d|", "expression", "d"],
    ["sum by|", "expression", "by"],
    ["up[|", "duration", ""],
    ["up[$__ra|]", "duration", "$__ra"],
    ["up{|", "label", ""],
    ["up{jo|b}", "label", "jo"],
    ['up{job="a", |}', "label", ""],
    ["sum by (po|) (up)", "label", "po"],
    ["a * on(|) b", "label", ""],
    ['up{job="|', "value", ""],
    ['up{job=~"ec|ho"}', "value", "ec"],
    ["up{job|=", "label", "job"],
    ["up{job=|", "nothing", ""],
    ['up{job="a"|}', "nothing", ""],
    ["up > 12|", "nothing", "12"],
    ["up # com|ment", "nothing", ""],
    ['label_replace(up, "a|", "b")', "nothing", ""],
  ];
  for (const [marked, kind, written] of cases) {
    const context = at(marked);
    assertEquals([marked, context.kind, context.written], [marked, kind, written]);
  }
});

Deno.test("contextAt() narrows labels and values down by what stands before them", () => {
  const cases: [string, string][] = [
    ["rate(up{|", "up"],
    ['up{job="a", pod=~"b", |', 'up{job="a", pod=~"b"}'],
    ['up{job="a", pod="|"}', 'up{job="a"}'],
    ['{job="a", pod="|"}', '{job="a"}'],
    ['up{job=~"$job", pod="|"}', "up"],
    ["{|", ""],
    ["sum by (|) (rate(calls[5m]))", "calls"],
    ["sum(rate(calls[5m])) by (|)", "calls"],
  ];
  for (const [marked, selector] of cases) {
    const context = at(marked);
    assertEquals([marked, "selector" in context && context.selector], [marked, selector]);
  }
});

Deno.test("contextAt() says what a choice replaces", () => {
  const cases: [string, string][] = [
    ["sum(ra|te_total)", "rate_total"],
    ['up{job="ec|ho"}', "echo"],
    ['up{job="ec|', "ec"],
    ["up[5|m]", "5m"],
  ];
  for (const [marked, replaced] of cases) {
    const { from, to } = at(marked);
    assertEquals([marked, marked.replace("|", "").slice(from, to)], [marked, replaced]);
  }
});
