import { assertAlmostEquals, assertEquals } from "@std/assert";
import { histogramsEqual } from "./compare.ts";
import { parseHistogramNotation, printHistogramNotation } from "./notation.ts";
import { trimAbove, trimBelow } from "./trim.ts";

const H =
  "{{count:16 sum:99 z_bucket:4 z_bucket_w:0.5 offset:1 buckets:[4 4] n_offset:1 n_buckets:[4]}}";
const CUSTOM = "{{schema:-53 count:16 sum:99 custom_values:[2 4 8] buckets:[4 4 4 4]}}";
const ROOT = Math.SQRT2;

const CASES: readonly [trim: typeof trimAbove, text: string, limit: number, trimmed: string][] = [
  [trimAbove, H, 4, H],
  [trimAbove, H, Infinity, H],
  [trimAbove, H, -Infinity, "{{z_bucket_w:0.5}}"],
  [
    trimAbove,
    H,
    2,
    "{{count:12 sum:0 z_bucket:4 z_bucket_w:0.5 offset:1 buckets:[4] n_offset:1 n_buckets:[4]}}",
  ],
  [
    trimAbove,
    H,
    ROOT,
    `{{count:10 sum:${2 * ROOT ** 0.5 - 4 * ROOT} z_bucket:4 z_bucket_w:0.5 offset:1 buckets:[2] ` +
    "n_offset:1 n_buckets:[4]}}",
  ],
  [
    trimAbove,
    H,
    0,
    `{{count:6 sum:${-4 * ROOT - 0.5} z_bucket:2 z_bucket_w:0.5 n_offset:1 n_buckets:[4]}}`,
  ],
  [trimBelow, H, -Infinity, H],
  [trimBelow, H, -2, H],
  [trimBelow, H, 2, `{{count:4 sum:${8 * ROOT} z_bucket_w:0.5 offset:2 buckets:[4]}}`],
  [
    trimBelow,
    H,
    0,
    `{{count:10 sum:${12 * ROOT + 0.5} z_bucket:2 z_bucket_w:0.5 offset:1 buckets:[4 4]}}`,
  ],
  [
    trimBelow,
    "{{count:6 sum:9 z_bucket:4 z_bucket_w:0.5 offset:1 buckets:[2]}}",
    0.25,
    `{{count:4 sum:${2 * ROOT + 0.75} z_bucket:2 z_bucket_w:0.5 offset:1 buckets:[2]}}`,
  ],
  [
    trimAbove,
    CUSTOM,
    6,
    "{{schema:-53 count:10 sum:26 custom_values:[2 4 8] buckets:[4 4 2]}}",
  ],
  [trimAbove, CUSTOM, 1, "{{schema:-53 count:2 sum:1 custom_values:[2 4 8] buckets:[2]}}"],
  [
    trimBelow,
    CUSTOM,
    1,
    "{{schema:-53 count:14 sum:71 custom_values:[2 4 8] buckets:[2 4 4 4]}}",
  ],
  [
    trimBelow,
    CUSTOM,
    10,
    "{{schema:-53 count:4 sum:40 custom_values:[2 4 8] buckets:[0 0 0 4]}}",
  ],
  [
    trimAbove,
    CUSTOM,
    10,
    "{{schema:-53 count:12 sum:40 custom_values:[2 4 8] buckets:[4 4 4]}}",
  ],
  [
    trimAbove,
    "{{schema:-53 count:3 sum:99 custom_values:[-2] buckets:[2 1]}}",
    -5,
    "{{schema:-53 count:2 sum:-10 custom_values:[-2] buckets:[2]}}",
  ],
];

Deno.test("trimAbove() and trimBelow() keep a share of the bucket with the limit, and estimate the sum", () => {
  for (const [trim, text, limit, expected] of CASES) {
    const trimmed = trim(parseHistogramNotation(text).histogram, limit);
    const close = (a: number, b: number) => Object.is(a, b) || Math.abs(a - b) < 1e-12;
    if (!histogramsEqual(trimmed, parseHistogramNotation(expected).histogram, close)) {
      assertEquals(printHistogramNotation(trimmed), expected, `${trim.name} ${limit} of ${text}`);
    }
  }
});

Deno.test("trimBelow() mirrors trimAbove() on the other side of zero", () => {
  const positive = parseHistogramNotation("{{count:6 offset:1 buckets:[4 2]}}").histogram;
  const negative = { ...positive, positive: positive.negative, negative: positive.positive };
  for (const limit of [0.5, 1, 1.3, 2, 3.5, 4]) {
    const above = trimAbove(positive, limit);
    const below = trimBelow(negative, -limit);
    assertAlmostEquals(above.count, below.count, 1e-12);
    assertAlmostEquals(above.sum, 0 - below.sum, 1e-12);
  }
});
