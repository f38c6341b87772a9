import { assertEquals, assertThrows } from "@std/assert";
import { createFloatHistogram } from "./create.ts";
import { parseHistogramNotation, printHistogramNotation } from "./notation.ts";

Deno.test("parseHistogramNotation() reads every key", () => {
  assertEquals(
    parseHistogramNotation(
      "{{schema:1 sum:-4.5e1 count:16 z_bucket:2 z_bucket_w:0.001 buckets:[5 -10.5 7 ] offset:-3 " +
        "n_buckets:[4 Inf] n_offset:5 counter_reset_hint:gauge}}",
    ),
    {
      histogram: {
        counterReset: "gauge",
        schema: 1,
        count: 16,
        sum: -45,
        zeroThreshold: 0.001,
        zeroCount: 2,
        positive: { indexes: [-3, -2, -1], counts: [5, -10.5, 7] },
        negative: { indexes: [5, 6], counts: [4, Infinity] },
        customBounds: [],
      },
      saysCounterReset: true,
    },
  );
});

Deno.test("parseHistogramNotation() takes an empty histogram, and custom bounds", () => {
  assertEquals(parseHistogramNotation("{{}}"), {
    histogram: createFloatHistogram({}),
    saysCounterReset: false,
  });
  assertEquals(
    parseHistogramNotation("{{ schema:-53 sum:NaN custom_values:[-1 2.5] buckets:[1 0 2] }}")
      .histogram,
    createFloatHistogram({
      schema: -53,
      sum: NaN,
      customBounds: [-1, 2.5],
      positive: { indexes: [0, 1, 2], counts: [1, 0, 2] },
    }),
  );
});

Deno.test("parseHistogramNotation() says what is wrong with which part", () => {
  const cases: [text: string, message: string][] = [
    ["{schema:1}", "expected it to begin with {{ and end with }}"],
    ["{{schema:1.5}}", "'schema' needs a whole number, found '1.5'"],
    ["{{count:many}}", "'count' needs a number, found 'many'"],
    ["{{count:1 count:2}}", "'count' is given twice"],
    ["{{buckets:5}}", "'buckets' needs numbers in [ ], found '5'"],
    ["{{buckets:[5 x]}}", "'buckets' needs a number, found 'x'"],
    ["{{size:5}}", "there is no key 'size'"],
    ["{{count}}", "expected key:value, found 'count'"],
    ["{{counter_reset_hint:maybe}}", "one of unknown, reset, not_reset, gauge, found 'maybe'"],
  ];
  for (const [text, message] of cases) {
    assertThrows(() => parseHistogramNotation(text), SyntaxError, message);
  }
});

Deno.test("printHistogramNotation() leaves out what is zero, and fills gaps between buckets", () => {
  const h = createFloatHistogram({
    counterReset: "none",
    count: 1234567,
    zeroCount: 0.5,
    positive: { indexes: [-1, 0, 3, 4], counts: [0, 1, 2, 0] },
    negative: { indexes: [2], counts: [3] },
  });
  assertEquals(
    printHistogramNotation(h),
    "{{count:1.234567e+06 z_bucket:0.5 counter_reset_hint:not_reset buckets:[1 0 0 2] " +
      "n_offset:2 n_buckets:[3]}}",
  );
  assertEquals(printHistogramNotation(createFloatHistogram({})), "{{}}");
});

Deno.test("printHistogramNotation() writes what parseHistogramNotation() reads", () => {
  for (
    const text of [
      "{{schema:-53 count:3 sum:4.5 custom_values:[1 2] buckets:[1 2]}}",
      "{{schema:3 count:7 sum:NaN z_bucket_w:0.001 counter_reset_hint:reset offset:-2 buckets:[7]}}",
      "{{schema:-1 count:-7 sum:+Inf n_buckets:[-7]}}",
    ]
  ) {
    assertEquals(printHistogramNotation(parseHistogramNotation(text).histogram), text);
  }
});
