import { assert, assertEquals, assertThrows } from "@std/assert";
import { createMatcher } from "./matcher.ts";
import { parsePlainPattern } from "./plain_pattern.ts";
import { seeded } from "./random_fixture.ts";
import { compileAnchored } from "./regexp.ts";
import { RE2JS } from "re2js";

const MATCHING: [pattern: string, matching: string[], others: string[]][] = [
  ["", [""], ["a"]],
  ["foo", ["foo"], ["", "fo", "fooo", "xfoo", "foo\n"]],
  ["foo|bar", ["foo", "bar"], ["foobar", "", "fo"]],
  ["|a", ["", "a"], ["b"]],
  ["(foo|bar)_(one|two)", ["foo_one", "bar_two"], ["foo_", "one"]],
  ["(?:a|b(c|d))e", ["ae", "bce", "bde"], ["be", "abce"]],
  ["foo.*", ["foo", "foobar", "foo\nbar"], ["xfoo", "fo"]],
  [".*foo", ["foo", "xfoo", "foofoo"], ["foox"]],
  ["foo.+", ["foox", "foo\n", "foo😀"], ["foo"]],
  [".+foo", ["xfoo", "foofoo"], ["foo"]],
  [".*foo.*", ["foo", "xfooy"], ["fo", ""]],
  [".+foo.+", ["xfooy", "foofoofoo"], ["foo", "xfoo", "foox", "foofoo"]],
  ["a.*b.*c", ["abc", "axbxc", "abcbc"], ["ab", "acb", "abcd"]],
  ["a.*a", ["aa", "aba"], ["a"]],
  ["a.+a", ["aba", "aaa"], ["aa", "a"]],
  [".*", ["", "a", "\n", "\ud800"], []],
  [".+", ["a", "\n"], [""]],
  [".*.+", ["a"], [""]],
  [".+.+", ["ab"], ["a", ""]],
  ["^foo$", ["foo"], ["^foo$", "afoo"]],
  ["^a|b$", ["a", "b"], ["ab", "ax", "xb"]],
  ["a^b", [], ["a^b", "ab"]],
  ["a\\.b", ["a.b"], ["axb", "a\\.b"]],
  ["a.b", ["axb", "a\nb", "a😀b"], ["ab", "axxb"]],
  ["\\*\\+", ["*+"], ["*"]],
  ["5..", ["500", "5xx"], ["50", "5000"]],
  ["(?i)ok", ["ok", "OK", "oK", "o\u212a"], ["o"]],
  ["(?i)straSSe.*", ["STRASSE 1", "straſse"], ["strae"]],
  ["(?i:a)b", ["Ab", "ab"], ["aB"]],
  ["[a-c]+", ["abc"], ["", "abd"]],
  ["\\d{3}", ["123"], ["12", "１２３"]],
  ["a|ab", ["a", "ab"], ["abb"]],
  ["(?U)a+", ["aaa"], ["b"]],
  ["\\p{Greek}+", ["λόγος".normalize("NFC")], ["logos"]],
  ["\\Qa.b\\E", ["a.b"], ["axb"]],
  ["a]b", ["a]b"], ["ab"]],
  ["a{,2}", ["a{,2}"], ["aa"]],
  ["(a*)*", ["", "aaa"], ["b"]],
];

for (const [pattern, matching, others] of MATCHING) {
  Deno.test(`createMatcher() of /${pattern}/ matches as RE2 does, at both ends`, () => {
    const matcher = createMatcher("=~", "name", pattern);
    const opposite = createMatcher("!~", "name", pattern);
    for (const value of matching) {
      assert(matcher.matches(value), `${JSON.stringify(value)} should match`);
      assert(matcher.matches(value), "and again");
      assert(!opposite.matches(value));
    }
    for (const value of others) {
      assert(!matcher.matches(value), `${JSON.stringify(value)} should not match`);
      assert(opposite.matches(value));
    }
  });
}

Deno.test("createMatcher() compares with = and != as text", () => {
  assert(createMatcher("=", "a", ".*").matches(".*"));
  assert(!createMatcher("=", "a", ".*").matches("x"));
  assert(createMatcher("!=", "a", "").matches("x"));
  assert(!createMatcher("!=", "a", "").matches(""));
});

const BROKEN: [pattern: string, reason: string][] = [
  ["(", "missing closing ): `(`"],
  ["a)", "unexpected ): `a)`"],
  ["[", "missing closing ]: `[`"],
  ["[b-a]", "invalid character class range: `b-a`"],
  ["*", "missing argument to repetition operator: `*`"],
  [".**", "invalid nested repetition operator: `**`"],
  ["foo|*", "missing argument to repetition operator: `*`"],
  ["a{2,1}", "invalid repeat count: `{2,1}`"],
  ["a{1001}", "invalid repeat count: `{1001}`"],
  ["((a{100}){100}){100}", "invalid repeat count: `{100}`"],
  ["\\", "trailing backslash at end of expression: ``"],
  ["(a)\\1", "invalid escape sequence: `\\1`"],
  ["(?=a)", "invalid or unsupported Perl syntax: `(?=`"],
  ["(?P<n>a)(?P<n>b)", "duplicate capture group name: `n`"],
];

for (const [pattern, reason] of BROKEN) {
  Deno.test(`createMatcher() refuses /${pattern}/ in Go's words`, () => {
    const error = assertThrows(() => createMatcher("=~", "name", pattern), Error);
    assertEquals(error.message, `error parsing regexp: ${reason}`);
  });
}

Deno.test("createMatcher() refuses an expression that nests too deeply", () => {
  assertThrows(
    () => createMatcher("=~", "name", "(".repeat(2_000) + ")".repeat(2_000)),
    Error,
    "error parsing regexp",
  );
});

Deno.test("createMatcher() ends on patterns that make backtracking engines hang", () => {
  const long = "a".repeat(5_000);
  for (const pattern of ["(a+)+b", "(a|a)*b", "(a|aa)+$b", "(.*a){12}b", "(a?){50}a{50}b"]) {
    assert(!createMatcher("=~", "name", pattern).matches(long));
  }
  assert(!createMatcher("=~", "name", `${".*a".repeat(40)}.*b`).matches(long));
});

Deno.test("compileAnchored() agrees with the engine on patterns that it does itself", () => {
  const random = seeded(5);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const parts = ["a", "b", "ab", "k", "\\.", ".*", ".+", "|", "(", ")", "(?:", "^", "$", "A", "é"];
  const letters = ["a", "b", "A", "B", "k", "\u212a", ".", "\n", "é", "\u{1f600}"];
  let plain = 0;
  for (let round = 0; round < 4_000; round++) {
    let pattern = random() < 0.2 ? "(?i)" : "";
    for (let i = Math.floor(random() * 8); i >= 0; i--) pattern += pick(parts);
    let engine: RE2JS;
    try {
      engine = RE2JS.compile(pattern, RE2JS.DOTALL);
    } catch {
      assertEquals(parsePlainPattern(pattern), undefined, pattern);
      continue;
    }
    if (parsePlainPattern(pattern) === undefined) continue;
    plain++;
    const ours = compileAnchored(pattern);
    for (let n = 0; n < 20; n++) {
      let value = "";
      for (let i = Math.floor(random() * 6); i > 0; i--) value += pick(letters);
      assertEquals(ours.matches(value), engine.testExact(value), `/${pattern}/ of '${value}'`);
    }
  }
  assert(plain > 500, `${plain} patterns`);
});

Deno.test("parsePlainPattern() ends soon on patterns that are long", () => {
  for (const part of [".*a", "(a)", "(a|b)", "a|", "$", "^", "("]) {
    parsePlainPattern(part.repeat(100_000));
  }
  const alternatives = Array.from({ length: 900 }, (_, i) => `pod-${i}`);
  assertEquals(parsePlainPattern(alternatives.join("|"))?.texts.size, 900);
});

Deno.test("parsePlainPattern() leaves large products of alternatives to the engine", () => {
  assertEquals(parsePlainPattern("(a|b|c|d|e|f|g|h|i|j)".repeat(4)), undefined);
});

Deno.test("compileAnchored() gives the groups, undefined for those that took no part", () => {
  const pattern = compileAnchored("(?P<host>[^:]+)(:(\\d+))?");
  assertEquals(pattern.groups("localhost:90"), ["localhost:90", "localhost", ":90", "90"]);
  assertEquals(pattern.groups("localhost"), ["localhost", "localhost", undefined, undefined]);
  assertEquals(pattern.groups("localhost:x"), undefined);
  assertEquals([...pattern.groupNames], [["host", 1]]);
  assertEquals(compileAnchored("(foo|bar).*").groups("barely"), ["barely", "bar"]);
});

Deno.test("compileAnchored() knows the values of alternatives", () => {
  assertEquals([...compileAnchored("a|b(c|d)").values ?? []], ["a", "bc", "bd"]);
  assertEquals(compileAnchored("a|b.*").values, undefined);
  assertEquals(compileAnchored("(?i)a").values, undefined);
});

Deno.test("compileAnchored(): patterns stay right while more are in use than engines are kept", () => {
  const patterns = Array.from({ length: 50 }, (_, i) => compileAnchored(`v${i}(a|b)*[0-9]+c?`));
  for (const suffix of ["ab1", "7c", "c", "ab1x"]) {
    const expected = suffix === "ab1" || suffix === "7c";
    for (const [i, pattern] of patterns.entries()) {
      assertEquals(pattern.matches(`v${i}${suffix}`), expected);
      assertEquals(pattern.matches(`v${i + 1}${suffix}`), false);
    }
  }
});
