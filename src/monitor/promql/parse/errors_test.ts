import { assertEquals, assertThrows } from "@std/assert";
import { ParseError } from "../errors.ts";
import { parseQuery } from "./mod.ts";

/** Queries with what Prometheus says of them. */
const CASES: Readonly<Record<string, string>> = {
  // Of the text.
  "": "unknown position: parse error: no expression found in input",
  "  # nothing": "1:1: parse error: no expression found in input",
  "(1": "1:3: parse error: unclosed left parenthesis",
  "a)": "1:3: parse error: unexpected right parenthesis ')'",
  "a[5m": "1:5: parse error: unclosed left bracket",
  "a[": "1:3: parse error: unexpected end of input in duration expression",
  'a{b="c"': "1:8: parse error: unexpected end of input inside braces",
  "a{b=5}": "1:5: parse error: unexpected character inside braces: '5'",
  "a{{": "1:3: parse error: unexpected left brace '{'",
  "a $ b": "1:3: parse error: unexpected character: '$'",
  "a ! b": "1:3: parse error: unexpected character after '!': ' '",
  "a =~ b": "1:3: parse error: unexpected character after '=': '~'",
  "'abc": "1:1: parse error: unterminated quoted string",
  "`abc": "1:1: parse error: unterminated raw string",
  "'\\q'": "1:1: parse error: unknown escape sequence U+0071 'q'",
  "'\\400'": "1:1: parse error: escape sequence is an invalid Unicode code point",
  "'\\ud800'": "1:1: parse error: escape sequence is an invalid Unicode code point",
  "'\\xg0'": "1:1: parse error: illegal character U+0067 'g' in escape sequence",
  "5mx": '1:1: parse error: bad number or duration syntax: "5mx"',
  "1.2.3": '1:1: parse error: bad number or duration syntax: "1.2."',
  "5m1h": '1:1: parse error: not a valid duration string: "5m1h"',
  "0.5m": '1:1: parse error: unknown unit "." in duration "0.5m"',
  "300y": "1:1: parse error: duration out of range",
  "1e999":
    '1:1: parse error: error parsing number: strconv.ParseFloat: parsing "1e999": value out of range',
  "a[:5m]": "1:4: parse error: unexpected colon before duration in duration expression",
  "a[x]": "1:3: parse error: unexpected character in duration expression: 'x'",
  "a[5m x]": "1:6: parse error: unexpected character: 'x', expected ':'",
  // Of the grammar.
  "a b": '1:3: parse error: unexpected identifier "b"',
  "a +": "1:4: parse error: unexpected end of input",
  "a\n  + )": "2:6: parse error: unexpected right parenthesis ')'",
  "1 1234567890123": '1:3: parse error: unexpected number "1234567890"...',
  "a bool b": "1:3: parse error: unexpected <bool>",
  "a == == b": "1:6: parse error: unexpected <op:==>",
  "a sum b": "1:3: parse error: unexpected <aggr:sum>",
  "sum(a b)": '1:7: parse error: unexpected identifier "b" in aggregation',
  "sum by a (b)": '1:8: parse error: unexpected identifier "a" in grouping opts, expected "("',
  "sum by (a b) (c)":
    '1:11: parse error: unexpected identifier "b" in grouping opts, expected "," or ")"',
  "sum by (1) (c)": '1:9: parse error: unexpected number "1" in grouping opts, expected label',
  "sum by ('') (c)": '1:9: parse error: invalid label name for grouping: ""',
  "a * on (b) group_left":
    '1:22: parse error: unexpected end of input in grouping opts, expected "("',
  'a{b"c"}':
    '1:4: parse error: unexpected string "\\"c\\"" in label matching, expected label matching operator',
  "a{,}": '1:3: parse error: unexpected "," in label matching, expected identifier or "}"',
  "a{b=c}": '1:5: parse error: unexpected identifier "c" in label matching, expected string',
  "a offset b":
    '1:10: parse error: unexpected identifier "b" in offset, expected number, duration, step(), or range()',
  "a @ b": '1:5: parse error: unexpected identifier "b" in @, expected timestamp',
  "a[5m 3]": '1:6: parse error: unexpected number "3" in subquery or range, expected ":" or "]"',
  "a[]":
    '1:3: parse error: unexpected "]" in subquery or range selector, expected number, duration, step(), or range()',
  "abs(a,)": "1:6: parse error: trailing commas not allowed in function call args",
  "nope(a)": '1:1: parse error: unknown function with name "nope"',
  "a{b=~'('}": "1:3: parse error: error parsing regexp: missing closing ): `(`",
  // Of meaning.
  "{}": "1:1: parse error: vector selector must contain at least one non-empty matcher",
  '1 + {a=~".*"}': "1:5: parse error: vector selector must contain at least one non-empty matcher",
  'a{__name__="b"}': '1:1: parse error: metric name must not be set twice: "a" or "b"',
  "a[0]": "1:3: parse error: duration must be greater than 0",
  "a[5m / 0]": "1:6: parse error: division by zero",
  "a offset - 400y": "1:12: parse error: duration out of range",
  "1 offset 5m":
    "1:1: parse error: offset modifier must be preceded by an instant vector selector or range vector selector or a subquery",
  "a offset 5m offset 5m": "1:1: parse error: offset may not be set multiple times",
  "a @ 1 @ 2": "1:1: parse error: @ <timestamp> may not be set multiple times",
  "a @ Inf": "1:1: parse error: timestamp out of bounds for @ modifier: +Inf",
  "a offset 5m [1m]": "1:13: parse error: no offset modifiers allowed before range",
  "a @ 1 [1m]": "1:7: parse error: no @ modifiers allowed before range",
  "abs(a)[1m]": "1:7: parse error: ranges only allowed for vector selectors",
  "a[1m] anchored smoothed":
    "1:1: parse error: anchored and smoothed modifiers cannot be used together",
  "a[1m:] anchored": "1:1: parse error: anchored modifier is not supported for subqueries",
  "1[1m:]": "1:1: parse error: subquery is only allowed on instant vector, got scalar instead",
  "-'a'":
    '1:1: parse error: unary expression only allowed on expressions of type scalar or instant vector, got "string"',
  "1 +  'a'":
    "1:6: parse error: binary expression must contain only scalar and instant vector types",
  "1  <  2": "1:4: parse error: comparisons between scalars must use BOOL modifier",
  "a + bool b": "1:3: parse error: bool modifier can only be used on comparison operators",
  "a and 1": '1:1: parse error: set operator "and" not allowed in binary scalar expression',
  "a and on (b) group_left c": '1:1: parse error: no grouping allowed for "and" operation',
  "a or fill(0) b": "1:1: parse error: filling in missing series not allowed for set operators",
  "1 + on (b) c": "1:1: parse error: vector matching only allowed between instant vectors",
  "1 + fill(0) c":
    "1:1: parse error: filling in missing series only allowed between instant vectors",
  "a * on (b) group_left (b) c":
    '1:3: parse error: label "b" must not occur in ON and GROUP clause at once',
  "sum()": "1:1: parse error: no arguments for aggregate expression provided",
  "topk(a)":
    "1:1: parse error: wrong number of arguments for aggregate expression provided, expected 2, got 1",
  "sum(1)": "1:5: parse error: expected type instant vector in aggregation expression, got scalar",
  "topk('a', b)": "1:6: parse error: expected type scalar in aggregation parameter, got string",
  "count_values(1, b)":
    "1:14: parse error: expected type string in aggregation parameter, got scalar",
  "rate(a)":
    '1:6: parse error: expected type range vector in call to function "rate", got instant vector',
  "abs(a, b)": '1:1: parse error: expected 1 argument(s) in call to "abs", got 2',
  "round()": '1:1: parse error: expected at least 1 argument(s) in call to "round", got 0',
  "hour(a, b)": '1:1: parse error: expected at most 1 argument(s) in call to "hour", got 2',
  "info(a, b)": "1:9: parse error: expected label selectors only, got vector selector instead",
};

Deno.test("parseQuery() words faults as Prometheus does, and says where", async (t) => {
  for (const [query, message] of Object.entries(CASES)) {
    await t.step(query || "nothing at all", () => {
      const error = assertThrows(() => parseQuery(query), ParseError);
      assertEquals(error.message, message);
    });
  }
});

Deno.test("parseQuery() refuses what is too deep or too long, whichever way it is built", () => {
  const deep = 10_000;
  const queries = [
    `${"(".repeat(deep)}1${")".repeat(deep)}`,
    `${"-".repeat(deep)}a`,
    `${"abs(".repeat(deep)}a${")".repeat(deep)}`,
    `a${"[5m:]".repeat(deep)}`,
    `a[${"-".repeat(deep)}1]`,
    `a[${"(".repeat(deep)}1${")".repeat(deep)}]`,
    Array(deep).fill("a").join("+"),
    Array(deep).fill("a").join("^"),
    `a offset (${Array(deep).fill("1").join("+")})`,
    nested(200),
    "a".repeat(60_000),
  ];
  for (const query of queries) {
    assertThrows(() => parseQuery(query), ParseError, " too ");
  }
});

/** Chains in the first place of chains: shallow where it is parsed, deep as a tree. */
function nested(levels: number): string {
  let query = "1";
  for (let level = 0; level < levels; level++) query = `(${query}${"+1".repeat(100)})`;
  return query;
}
