import { assertAlmostEquals, assertEquals } from "@std/assert";
import { fraction } from "./fraction.ts";
import type { FloatHistogram } from "./float_histogram.ts";
import { parseHistogramNotation } from "./notation.ts";
import {
  FRACTION_EXCLUDES_NAN,
  quantile,
  QUANTILE_IS_NAN,
  QUANTILE_IS_SKEWED,
} from "./quantile.ts";

function of(text: string): FloatHistogram {
  return parseHistogramNotation(text).histogram;
}

const POSITIVE = "{{count:12 sum:30 z_bucket:4 z_bucket_w:0.5 offset:1 buckets:[4 4]}}";
const NEGATIVE = "{{count:12 sum:-30 z_bucket:4 z_bucket_w:0.5 n_offset:1 n_buckets:[4 4]}}";
const BOTH = "{{count:12 z_bucket:4 z_bucket_w:0.5 offset:1 buckets:[4] n_offset:1 n_buckets:[4]}}";
const BELOW_ZERO = "{{schema:-53 count:4 sum:1 custom_values:[-2 2] buckets:[1 2 1]}}";
const CUSTOM = "{{schema:-53 count:16 sum:9 custom_values:[2 4 8] buckets:[4 4 4 4]}}";

const QUANTILES: readonly [what: string, histogram: string, q: number, value: number][] = [
  ["no observations", "{{}}", 0.5, NaN],
  ["no quantile", POSITIVE, NaN, NaN],
  ["below 0", POSITIVE, -0.1, -Infinity],
  ["above 1", POSITIVE, 1.1, Infinity],
  ["the middle of an exponential bucket", POSITIVE, 0.5, Math.SQRT2],
  ["the end of a bucket", POSITIVE, 2 / 3, 2],
  ["the highest bucket", POSITIVE, 1, 4],
  ["a zero bucket with only positive buckets", POSITIVE, 1 / 6, 0.25],
  ["the middle of a negative bucket", NEGATIVE, 0.5, -Math.SQRT2],
  ["a zero bucket with only negative buckets", NEGATIVE, 5 / 6, -0.25],
  ["a zero bucket between both", BOTH, 0.5, 0],
  ["the first custom bucket, from zero", CUSTOM, 0.125, 1],
  ["the middle of a custom bucket", CUSTOM, 0.625, 6],
  ["the custom bucket without an end", CUSTOM, 0.9, 8],
  [
    "a first custom bucket below zero",
    "{{schema:-53 count:2 sum:1 custom_values:[-1] buckets:[1 1]}}",
    0.2,
    -1,
  ],
];

Deno.test("quantile() interpolates in the bucket it falls into", () => {
  for (const [what, histogram, q, value] of QUANTILES) {
    const estimate = quantile(q, of(histogram));
    assertAlmostEquals(estimate.value, value, 1e-12, what);
    assertEquals(estimate.note, undefined, what);
  }
});

Deno.test("quantile() counts observations of NaN as the highest, and says so", () => {
  const withNaN = of("{{count:10 sum:NaN offset:1 buckets:[4 2]}}");
  const low = quantile(0.2, withNaN);
  assertAlmostEquals(low.value, Math.SQRT2, 1e-12);
  assertEquals(low.note, QUANTILE_IS_SKEWED);
  assertEquals(quantile(0.9, withNaN), { value: NaN, note: QUANTILE_IS_NAN });
  const bothInfinities = of(
    "{{count:2 sum:NaN offset:1025 buckets:[1] n_offset:1025 n_buckets:[1]}}",
  );
  assertEquals(quantile(0.9, bothInfinities).note, undefined);
});

const FRACTIONS: readonly [histogram: string, lower: number, upper: number, value: number][] = [
  ["{{}}", 0, 1, NaN],
  [POSITIVE, NaN, 1, NaN],
  [POSITIVE, 2, 2, 0],
  [POSITIVE, -Infinity, Infinity, 1],
  [POSITIVE, 0, 0.25, 2 / 12],
  [POSITIVE, -1, 0, 0],
  [POSITIVE, Math.SQRT2, 2 * Math.SQRT2, 4 / 12],
  [POSITIVE, 0.6, 0.9, 0],
  [POSITIVE, 3.9999, 1000, 0],
  [NEGATIVE, -Math.SQRT2, 0, 6 / 12],
  [BOTH, -0.25, 0.5, 3 / 12],
  [BOTH, -2, -1, 4 / 12],
  [CUSTOM, 0, 1, 2 / 16],
  [CUSTOM, 3, 6, 4 / 16],
  [CUSTOM, 8, 1e9, 0],
  [CUSTOM, 8, Infinity, 4 / 16],
  [BELOW_ZERO, -Infinity, -2, 1 / 4],
  [BELOW_ZERO, -1, 1, 1 / 4],
  [BELOW_ZERO, -9, -5, 0],
];

Deno.test("fraction() is how much of the observations lies between two values", () => {
  for (const [histogram, lower, upper, value] of FRACTIONS) {
    const estimate = fraction(lower, upper, of(histogram));
    assertAlmostEquals(estimate.value, value, 1e-4, `${lower} to ${upper} of ${histogram}`);
    assertEquals(estimate.note, undefined);
  }
});

Deno.test("fraction() leaves observations of NaN out, and says so", () => {
  const withNaN = of("{{count:10 sum:NaN offset:1 buckets:[4 2]}}");
  assertEquals(fraction(-Infinity, Infinity, withNaN), { value: 0.6, note: FRACTION_EXCLUDES_NAN });
});

Deno.test("fraction() gives back what quantile() was asked for", () => {
  for (const histogram of [POSITIVE, NEGATIVE, BOTH]) {
    for (const q of [0.05, 0.3, 0.45, 0.7, 0.95]) {
      const { value } = quantile(q, of(histogram));
      assertAlmostEquals(fraction(-Infinity, value, of(histogram)).value, q, 1e-12);
    }
  }
});
