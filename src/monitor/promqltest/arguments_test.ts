import { assertEquals, assertStringIncludes } from "@std/assert";
import { parseArguments } from "./arguments.ts";

Deno.test("parseArguments() takes a folder and flags in any order", () => {
  assertEquals(parseArguments(["--filter", "rate", "cases", "--failures"]), {
    folder: "cases",
    filter: "rate",
    showsFailures: true,
    problem: undefined,
  });
});

Deno.test("parseArguments() says what is wrong", () => {
  const cases: [string[], string][] = [
    [[], "a folder of .test files is missing"],
    [["a", "b"], "'b' is another"],
    [["--fast", "a"], "'--fast' is not a flag"],
    [["a", "--filter"], "--filter needs a text"],
  ];
  for (const [args, problem] of cases) {
    assertStringIncludes(parseArguments(args).problem ?? "", problem);
  }
});
