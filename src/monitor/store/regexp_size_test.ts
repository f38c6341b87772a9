import { assert, assertEquals, assertThrows } from "@std/assert";
import { compileAnchored } from "./regexp.ts";
import { takesLonger } from "./regexp_size.ts";

const LIMIT = 8_000;

const USUAL = [
  "",
  "5..|4[0-9]{2}",
  "(?i)(get|post|put)_[a-z]+",
  "([0-9]{1,3}\\.){3}[0-9]{1,3}:\\d+",
  ".{1000}",
  "\\pL{1000}",
  "(host[0-9]+\\.example\\.com|)".repeat(50),
  `(?i)${"\\pL".repeat(50)}`,
];

const LARGE = [
  "a?b".repeat(5_000),
  `(?i)${"\\pL".repeat(200)}`,
  "[^\\d\\pL]".repeat(1_000),
  "((a{100}){10}b){1}".repeat(20),
  "(x*)*".repeat(2_000),
];

Deno.test("takesLonger() tells patterns as people write them from those that hold everything up", () => {
  for (const pattern of USUAL) assert(!takesLonger(pattern, LIMIT), pattern);
  for (const pattern of LARGE) assert(takesLonger(pattern, LIMIT), pattern.slice(0, 40));
});

Deno.test("compileAnchored() refuses a pattern that is too large, and shows its beginning", () => {
  for (const pattern of USUAL) assertEquals(compileAnchored(pattern).pattern, pattern);
  for (const pattern of LARGE) {
    const message = `error parsing regexp: expression too large: \`${pattern.slice(0, 30)}`;
    assert(assertThrows(() => compileAnchored(pattern), Error, message).message.length < 200);
  }
});

Deno.test("compileAnchored() takes thousands of texts", () => {
  const texts = Array.from({ length: 5_000 }, (_, i) => `10\\.0\\.0\\.1:${i}`);
  assertEquals(compileAnchored(texts.join("|")).values?.size, 5_000);
  assertEquals(compileAnchored(`(${texts.slice(0, 900).join("|")})`).values?.size, 900);
});
