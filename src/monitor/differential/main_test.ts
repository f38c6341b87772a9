import { assertEquals, assertStringIncludes } from "@std/assert";
import { parseArguments } from "./main.ts";

Deno.test("parseArguments() takes seed, count and program, with defaults", () => {
  assertEquals(parseArguments([], "/usr/bin/prometheus"), {
    seed: 1,
    queries: 1000,
    prometheus: "/usr/bin/prometheus",
    delayedNameRemoval: false,
  });
  const args = ["--queries", "5", "--seed", "2", "--prometheus", "p", "--delayed-name-removal"];
  assertEquals(parseArguments(args, undefined), {
    seed: 2,
    queries: 5,
    prometheus: "p",
    delayedNameRemoval: true,
  });
});

Deno.test("parseArguments() says what is wrong", () => {
  assertStringIncludes(String(parseArguments([], undefined)), "no prometheus on PATH");
  assertStringIncludes(String(parseArguments(["--seed", "x"], "p")), "--seed needs a whole number");
  assertStringIncludes(String(parseArguments(["--fast"], "p")), "'--fast' is not a flag");
});
