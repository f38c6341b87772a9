import { assertEquals, assertThrows } from "@std/assert";
import { type ClassicBucket, type ClassicTotals, convertClassic } from "./classic.ts";
import { printHistogramNotation } from "./notation.ts";

function buckets(...pairs: [upper: number, cumulative: number][]): ClassicBucket[] {
  return pairs.map(([upper, cumulative]) => ({ upper, cumulative }));
}

Deno.test("convertClassic() makes cumulative buckets, in any order, custom ones", () => {
  assertEquals(
    printHistogramNotation(
      convertClassic(buckets([1, 2], [Infinity, 7], [0.5, 2], [5, 4]), { count: 7, sum: 12.5 }),
    ),
    "{{schema:-53 count:7 sum:12.5 custom_values:[0.5 1 5] buckets:[2 0 2 3]}}",
  );
});

Deno.test("convertClassic() does without +Inf, count, sum, and takes the first of two equal bounds", () => {
  const cases: [given: ClassicBucket[], totals: ClassicTotals, converted: string][] = [
    [buckets([1, 2]), { count: 5 }, "{{schema:-53 count:5 custom_values:[1] buckets:[2 3]}}"],
    [buckets([1, 2]), {}, "{{schema:-53 count:2 custom_values:[1] buckets:[2]}}"],
    [buckets([1, 2], [1, 9]), {}, "{{schema:-53 count:2 custom_values:[1] buckets:[2]}}"],
    [[], { count: 3, sum: 1 }, "{{schema:-53 count:3 sum:1 custom_values:[] buckets:[3]}}"],
  ];
  for (const [given, totals, converted] of cases) {
    assertEquals(printHistogramNotation(convertClassic(given, totals)), converted);
  }
});

Deno.test("convertClassic() refuses counts that no histogram has", () => {
  const cases: [given: ClassicBucket[], totals: ClassicTotals, message: string][] = [
    [buckets([1, 3], [2, 1]), {}, "bucket le=2 counts 1, expected at least 3"],
    [buckets([1, -3]), {}, "bucket le=1 counts -3, expected at least 0"],
    [buckets([NaN, 3]), {}, "a bucket's bound is NaN"],
    [buckets([Infinity, 3]), { count: 4 }, "its count is 4, its bucket le=+Inf counts 3"],
  ];
  for (const [given, totals, message] of cases) {
    assertThrows(() => convertClassic(given, totals), RangeError, message);
  }
});
