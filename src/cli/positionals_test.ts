import { assertEquals, assertThrows } from "@std/assert";
import { option, readConfig, UsageError } from "./config.ts";
import { integer, text, toggle } from "./value.ts";

const options = {
  quiet: option({ flag: "quiet", value: toggle, default: false, help: "" }),
  label: option({ flag: "label", value: text, default: "", help: "" }),
};
const positionals = {
  from: { name: "FROM", value: text, help: "what to copy" },
  count: { name: "COUNT", value: integer(1, 9), help: "how often" },
};

function read(...args: string[]) {
  return readConfig(options, args, () => undefined, positionals);
}

function problems(...args: string[]): string[] {
  return assertThrows(() => read(...args), UsageError).message.split("\n");
}

Deno.test("readConfig() takes words in their order, wherever the flags stand", () => {
  const config = { from: "a", count: 2, quiet: true, label: "b" };
  assertEquals(read("a", "2", "--quiet", "--label", "b"), config);
  assertEquals(read("--label=b", "a", "--quiet", "2"), config);
  assertEquals(read("-", "1").from, "-");
});

Deno.test("readConfig() reports words that are missing, wrong or too many, beside all else", () => {
  assertEquals(problems(), ["FROM is missing: what to copy", "COUNT is missing: how often"]);
  assertEquals(problems("a", "x", "y", "--quiet=z"), [
    "COUNT must be an integer from 1 to 9, but is 'x'",
    "'y' is not expected here",
    "--quiet must be 'true' or 'false', but is 'z'",
  ]);
});
