import { assertEquals, assertThrows } from "@std/assert";
import { parseDuration, parseNumber, readQuoted } from "./text.ts";
import { ScriptError } from "./script_error.ts";

Deno.test("parseDuration() reads every unit, the largest first", () => {
  const cases = {
    "0": 0,
    "5m": 300_000,
    "1h30m": 5_400_000,
    "1d2s3ms": 86_402_003,
    "1y1w": 32_140_800_000,
  };
  for (const [text, expected] of Object.entries(cases)) assertEquals(parseDuration(text), expected);
  for (const text of ["", "5", "m", "5m1h", "-5m", "1.5h"]) {
    assertThrows(() => parseDuration(text), ScriptError, "is no duration", text);
  }
});

Deno.test("parseNumber() reads what Go reads", () => {
  const cases: Record<string, number | undefined> = {
    "1": 1,
    "-2.5": -2.5,
    "1.": 1,
    ".5": 0.5,
    "1e3": 1000,
    "0x1F": 31,
    "+Inf": Infinity,
    "-inf": -Infinity,
    "NaN": NaN,
    "one": undefined,
    "": undefined,
    "{}": undefined,
  };
  for (const [text, expected] of Object.entries(cases)) assertEquals(parseNumber(text), expected);
});

Deno.test("readQuoted() reads three kinds of quotes, and escapes in two of them", () => {
  assertEquals(readQuoted('"a\\n\\"\\u00e9" rest'), { value: 'a\n"é', length: 13 });
  assertEquals(readQuoted("'it\\'s'"), { value: "it's", length: 7 });
  assertEquals(readQuoted("`a\\n`"), { value: "a\\n", length: 5 });
  assertThrows(() => readQuoted('"open'), ScriptError, "expected text in quotes");
});
