import { assertEquals } from "@std/assert";
import { expandTemplate, parseTemplate } from "./go_template.ts";

const GROUPS = ["a-b", "a", "b", undefined];
const NAMES = new Map([["first", 1], ["größe", 2]]);

Deno.test("expandTemplate() expands like Go's regexp package", () => {
  const cases: [string, string][] = [
    ["$1", "a"],
    ["$2-$1", "b-a"],
    ["${1}x", "ax"],
    ["$1x", ""],
    ["$0", "a-b"],
    ["$first ${größe}", "a b"],
    ["$3|$4|$none", "||"],
    ["$$1", "$1"],
    ["$01", ""],
    ["costs $", "costs $"],
    ["${1", "${1"],
    ["${}", "${}"],
    ["$-", "$-"],
    ["", ""],
  ];
  for (const [template, expected] of cases) {
    assertEquals(expandTemplate(parseTemplate(template), GROUPS, NAMES), expected, template);
  }
});
