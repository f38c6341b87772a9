import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { checkOptions } from "./check.ts";

Deno.test("checkOptions() takes what is documented", () => {
  checkOptions({});
  checkOptions({
    listen: { hostname: "::", port: 0 },
    quantiles: [0, 0.5, 1],
    bucketDuration: 1,
    bucketCount: 1,
    buckets: [-1, 0, 1e9],
    metricBuckets: [{ suffix: "9", buckets: [1] }],
    globalLabels: { host: "a", "zone.id": "b" },
    idle: { idleTimeout: 1, kinds: ["gauge"] },
    allowedAddresses: ["127.0.0.1", "fd00::/8"],
    push: { url: "https://a/metrics/job/b", interval: 1, method: "POST", username: "u" },
    naming: "recommended",
    bounds: { maxSeries: Infinity, maxLabelLength: 1 },
  });
});

Deno.test("checkOptions() names every wrong option, what it is and what it may be, at once", () => {
  const error = assertThrows(() =>
    checkOptions({
      listen: { port: 70_000 },
      quantiles: [],
      bucketDuration: NaN,
      bucketCount: 0,
      buckets: [2, 1],
      metricBuckets: [{ name: "", buckets: [Infinity] }],
      globalLabels: { "a.b": "1", a_b: "2" },
      idle: { idleTimeout: 0 },
      allowedAddresses: ["127.0.0.1", "example.com"],
      push: { url: "ftp://a", interval: -1, password: "p" },
      naming: "nice" as "as-is",
      bounds: { maxSeries: 0.5 },
    }), RangeError);
  assertEquals(error.message.split("\n"), [
    "Cannot set up the Prometheus exporter:",
    "  'quantiles' must be one or more different numbers from 0 to 1, current value is []",
    "  'bucketDuration' must be milliseconds above 0, at most 2147483647, current value is NaN",
    "  'bucketCount' must be a whole number from 1 to 1000, current value is 0",
    "  'buckets' must be one or more finite numbers, ascending (+Inf is always added), current value is [2, 1]",
    "  'metricBuckets[0].buckets' must be one or more finite numbers, ascending (+Inf is always added), current value is [Infinity]",
    "  'metricBuckets[0].name' must be a text, current value is ''",
    "  'listen.port' must be a whole number from 0 to 65535, current value is 70000",
    "  'allowedAddresses[1]' must be an IPv4 or IPv6 address, or a network such as 10.0.0.0/8, current value is 'example.com'",
    "  'push.url' must be a URL with http or https and without credentials, current value is 'ftp://a'",
    "  'push.interval' must be milliseconds above 0, at most 2147483647, current value is -1",
    "  'push.username' must be given with a password, current value is undefined",
    "  'naming' must be 'as-is', 'unit-suffix', 'recommended', current value is 'nice'",
    "  'globalLabels.a.b' must be the only global label that is exposed under this name, current value is '1'",
    "  'globalLabels.a_b' must be the only global label that is exposed under this name, current value is '2'",
    "  'idle.idleTimeout' must be milliseconds above 0, at most 2147483647, current value is 0",
    "  'bounds.maxSeries' must be a whole number from 1, or Infinity, current value is 0.5",
  ]);
});

Deno.test("checkOptions() does not show a password", () => {
  const push = { url: "http://u:secret@a/b", interval: 1, username: "u:v", password: "secret" };
  const error = assertThrows(() => checkOptions({ push }), RangeError);
  assertStringIncludes(error.message, "without a colon");
  assertStringIncludes(error.message, "'http://…@a/b'");
  assertEquals(error.message.includes("secret"), false);
});
