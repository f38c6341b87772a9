import { assertEquals } from "@std/assert";
import { LANGUAGE, ranked, type Suggestion } from "./suggestions.ts";

const metric = (text: string): Suggestion => ({ kind: "metric", text });

Deno.test("ranked() puts what begins so before what contains it, and short before long", () => {
  const found = ["errors_rate", "operate", "rate", "rate_limit", "r_a_t_e", "other"].map(metric);
  assertEquals(ranked(found, "RATE").map(({ text }) => text), [
    ...["rate", "rate_limit", "errors_rate", "operate", "r_a_t_e"],
  ]);
  assertEquals(ranked(found, "", 2).length, 2);
});

Deno.test("LANGUAGE tells what functions take and give", () => {
  const detail = (name: string) => LANGUAGE.find(({ text }) => text === name)?.detail;
  assertEquals(detail("rate"), "(range vector) vector");
  assertEquals(detail("round"), "(vector, [scalar]) vector");
  assertEquals(detail("label_join"), "(vector, string, string, string…) vector");
  assertEquals(detail("time"), "() scalar");
  assertEquals(detail("topk"), "aggregation (parameter, vector)");
});
