import { assertEquals } from "@std/assert";
import { bucketMatcher } from "./matchers.ts";

Deno.test("bucketMatcher() prefers the whole name to a prefix, a prefix to a suffix, all to the rest", () => {
  const bucketsOf = bucketMatcher([
    { suffix: "seconds", buckets: [3] },
    { prefix: "http", buckets: [2] },
    { name: "http_seconds", buckets: [1] },
  ], [4]);
  assertEquals(bucketsOf("http_seconds"), [1]);
  assertEquals(bucketsOf("http_wait_seconds"), [2]);
  assertEquals(bucketsOf("rpc_seconds"), [3]);
  assertEquals(bucketsOf("size"), [4]);
});

Deno.test("bucketMatcher() takes the first of two that match", () => {
  const bucketsOf = bucketMatcher([
    { prefix: "a", buckets: [1] },
    { prefix: "ab", buckets: [2] },
  ], undefined);
  assertEquals(bucketsOf("abc"), [1]);
  assertEquals(bucketsOf("b"), undefined);
});

Deno.test("bucketMatcher() rewrites patterns as names are rewritten", () => {
  const bucketsOf = bucketMatcher([
    { name: "http.request", buckets: [1] },
    { prefix: "rpc.", buckets: [2] },
    { suffix: "9-times", buckets: [3] },
  ], undefined);
  assertEquals(bucketsOf("http_request"), [1]);
  assertEquals(bucketsOf("rpc_x"), [2]);
  assertEquals(bucketsOf("x9_times"), [3]);
});
