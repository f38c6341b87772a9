import { assertEquals, assertThrows } from "@std/assert";
import { createFloatHistogram, type HistogramParts } from "./create.ts";

Deno.test("createFloatHistogram() takes what is left out for zero", () => {
  assertEquals(createFloatHistogram({ count: 2 }), {
    counterReset: "unknown",
    schema: 0,
    count: 2,
    sum: 0,
    zeroThreshold: 0,
    zeroCount: 0,
    positive: { indexes: [], counts: [] },
    negative: { indexes: [], counts: [] },
    customBounds: [],
  });
});

Deno.test("createFloatHistogram() refuses parts that do not fit together, and names them", () => {
  const one = { indexes: [0], counts: [1] };
  const cases: [parts: HistogramParts, message: string][] = [
    [{ schema: 9 }, "the schema must be -4 to 8, or -53 for custom bounds, current value is 9"],
    [{ schema: 0.5 }, "current value is 0.5"],
    [{ zeroThreshold: -1 }, "the zero bucket's width must not be below zero, current value is -1"],
    [{ zeroThreshold: NaN }, "current value is NaN"],
    [{ customBounds: [1] }, "custom bounds need the schema -53"],
    [
      { positive: { indexes: [0, 1], counts: [1] } },
      "there are 2 indexes and 1 counts of positive buckets",
    ],
    [
      { negative: { indexes: [3, 3], counts: [1, 1] } },
      "indexes of negative buckets must be whole and rise, 3 does not",
    ],
    [{ schema: -53, customBounds: [2, 1] }, "custom bounds must be finite and rise, 1 does not"],
    [{ schema: -53, customBounds: [1, Infinity] }, "Infinity does not"],
    [
      { schema: -53, customBounds: [1], positive: { indexes: [2], counts: [1] } },
      "a histogram with 1 custom bounds has buckets 0 to 1, not 2",
    ],
    [{ schema: -53, negative: one }, "custom bounds go without negative buckets"],
    [{ schema: -53, zeroCount: 1 }, "custom bounds go without a zero bucket"],
  ];
  for (const [parts, message] of cases) {
    assertThrows(() => createFloatHistogram(parts), RangeError, message);
  }
});
