import { assertEquals } from "@std/assert";
import { bucketAt, bucketCount, countAt, exponentialBound } from "./bounds.ts";
import { parseHistogramNotation } from "./notation.ts";

Deno.test("exponentialBound() is exact where bounds are powers of two, in every schema", () => {
  for (let schema = -4; schema <= 8; schema++) {
    for (const power of [-128, -64, -16, 0, 16, 32, 512]) {
      const index = power * 2 ** schema;
      assertEquals(exponentialBound(index, schema), 2 ** power, `schema ${schema}, 2^${power}`);
    }
  }
});

Deno.test("exponentialBound() gives the bounds that clients use, to the last bit", () => {
  assertEquals([0, 1, 2, 3, 4].map((index) => exponentialBound(index, 1)), [
    1,
    1.414213562373095,
    2,
    2.82842712474619,
    4,
  ]);
  assertEquals([-1, 1, 2].map((index) => exponentialBound(index, 3)), [
    0.9170040432046711,
    1.0905077326652577,
    1.189207115002721,
  ]);
});

Deno.test("exponentialBound() ends the last bucket of finite numbers at the largest one", () => {
  for (const [schema, index] of [[-4, 64], [0, 1024], [8, 262144]] as const) {
    assertEquals(exponentialBound(index, schema), Number.MAX_VALUE);
    assertEquals(exponentialBound(index + 1, schema), Infinity);
  }
});

Deno.test("exponentialBound() reaches the smallest numbers", () => {
  assertEquals(exponentialBound(-1074, 0), Number.MIN_VALUE);
  assertEquals(exponentialBound(-1080, 0), 0);
});

Deno.test("bucketAt() goes from the lowest negative bucket over zero to the highest", () => {
  const { histogram } = parseHistogramNotation(
    "{{schema:0 count:10 z_bucket:4 z_bucket_w:0.75 buckets:[1 2] n_buckets:[0 3] }}",
  );
  const buckets = Array.from({ length: bucketCount(histogram) }, (_, i) => bucketAt(histogram, i));
  assertEquals(buckets.map(({ lower, upper, count }) => [lower, upper, count]), [
    [-2, -1, 3],
    [-1, -0.75, 0],
    [-0.75, 0.75, 4],
    [0.75, 1, 1],
    [1, 2, 2],
  ]);
  assertEquals(buckets.map((_, i) => countAt(histogram, i)), [3, 0, 4, 1, 2]);
});
