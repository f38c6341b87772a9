import { assertEquals } from "@std/assert";
import { variablesIn, withStandIns } from "./stand_ins.ts";

const VISIBLE = (text: string) => text.replaceAll(" ", ".");

Deno.test("withStandIns() puts a span of time, a number or letters, whatever is legal there", () => {
  assertEquals(VISIBLE(withStandIns("rate(a[$__rate_interval])")), "rate(a[5m..............])");
  assertEquals(VISIBLE(withStandIns("topk($top,a)")), "topk(1...,a)");
  assertEquals(
    withStandIns('a{job=~"$job",pod=~"${pod:regex}"}'),
    'a{job=~"xxxx",pod=~"xxxxxxxxxxxx"}',
  );
  assertEquals(
    withStandIns("a{pod='[[pod]]'}[$__range]").length,
    "a{pod='[[pod]]'}[$__range]".length,
  );
});

Deno.test("withStandIns() leaves what is no variable: groups, ends of patterns, classes", () => {
  const text = 'label_replace(a{b=~"c$", d=~"[[:alpha:]]+"}, "e", "$1", "f", "(.*)")';
  assertEquals(withStandIns(text), text);
});

Deno.test("variablesIn() names every variable, however it is written", () => {
  assertEquals(variablesIn('$a ${b} ${c:regex} ${__data.fields.d} [[e]] "$1" $$'), [
    "a",
    "b",
    "c",
    "__data",
    "e",
  ]);
});
