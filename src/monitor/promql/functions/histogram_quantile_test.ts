import { assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { QueryError } from "../errors.ts";
import type { StepSeries } from "../value.ts";
import { histogram, overVectors, seriesOf } from "./functions_fixture.ts";

type Buckets = Record<string, number | (number | undefined)[]>;

function buckets(counts: Buckets, labels: Record<string, string> = {}): StepSeries[] {
  return Object.entries(counts).map(([le, count]) =>
    seriesOf({ __name__: "m_bucket", ...labels, le }, ...[count].flat())
  );
}

async function quantile(q: number, counts: Buckets): Promise<number | undefined> {
  const { values } = await overVectors("histogram_quantile", [q, buckets(counts)]);
  return values["{}"]?.[0] as number | undefined;
}

const LATENCY = { "0.1": 5, "0.5": 8, "1": 10, "+Inf": 10 };

Deno.test("histogram_quantile() lies on a straight line within its bucket", async () => {
  assertAlmostEquals(await quantile(0.25, LATENCY) ?? NaN, 0.05, 1e-12);
  assertAlmostEquals(await quantile(0.65, LATENCY) ?? NaN, 0.1 + 0.4 / 2, 1e-12);
  assertAlmostEquals(await quantile(1, LATENCY) ?? NaN, 1, 1e-12);
});

Deno.test("histogram_quantile() knows the special cases", async () => {
  const cases: [number, Buckets, number][] = [
    [NaN, LATENCY, NaN],
    [0.9, { "1": 0, "+Inf": 0 }, NaN],
    // Without +Inf nobody knows how many there were.
    [0.9, { "1": 1, "2": 2 }, NaN],
    [0.9, { "+Inf": 2 }, NaN],
    // Above the last bound: that bound. Below a negative one: that one.
    [0.9, { "1": 1, "2": 2, "+Inf": 9 }, 2],
    [0.1, { "-1": 5, "+Inf": 9 }, -1],
    // Two spellings of one bound are one bucket.
    [0.5, { "1": 1, "1.0": 1, "2": 4, "+Inf": 4 }, 1],
  ];
  for (const [q, counts, expected] of cases) assertEquals(await quantile(q, counts), expected);
});

Deno.test("histogram_quantile() of what is no quantile is infinite, with a warning", async () => {
  const { values, warnings } = await overVectors("histogram_quantile", [
    Float64Array.of(-0.1, 1.1, 1.1),
    buckets({ "1": [1, 1, 1], "+Inf": [2, 2, 2] }),
  ]);
  assertEquals(values["{}"], [-Infinity, Infinity, Infinity]);
  assertEquals(warnings, [
    "quantile value should be between 0 and 1, got -0.1",
    "quantile value should be between 0 and 1, got 1.1",
  ]);
});

Deno.test("histogram_quantile() repairs counts that fall, and says so once for all", async () => {
  const vector = buckets({ "1": [4, 4], "2": [3, 1], "+Inf": [8, 8] });
  const { values, infos } = await overVectors("histogram_quantile", [0.5, vector], {
    delayedNameRemoval: true,
  });
  assertEquals(values["m_bucket"], [1, 1]);
  assertEquals(infos, [
    "input to histogram_quantile needed to be fixed for monotonicity (see " +
    "https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile) for " +
    'metric name "m_bucket", from buckets 2 to 2, with a max diff of 3, over 2 samples ' +
    "from 1970-01-01T00:00:00Z to 1970-01-01T00:01:00Z",
  ]);
});

Deno.test("histogram_quantile() says nothing of counts that only rounding made fall", async () => {
  const vector = buckets({ "1": 1e9, "2": 1e9 - 1e-5, "+Inf": 2e9 });
  const { values, infos } = await overVectors("histogram_quantile", [0.5, vector]);
  assertEquals(values, { "{}": [1] });
  assertEquals(infos, []);
});

Deno.test("histogram_quantile() takes buckets as they come and go", async () => {
  const vector = buckets({ "1": [1, undefined], "2": [2, 2], "+Inf": [2, 2] });
  const { values } = await overVectors("histogram_quantile", [0.25, vector]);
  assertEquals(values["{}"], [0.5, 0.5]);
});

Deno.test("histogram_quantile() warns of series without a usable le", async () => {
  const vector = [seriesOf({ __name__: "m" }, 1), seriesOf({ __name__: "m", le: "NaN" }, 1)];
  const plain = await overVectors("histogram_quantile", [0.5, vector]);
  assertEquals(plain.values, {});
  assertEquals(plain.warnings, [
    'bucket label "le" is missing or has a malformed value of ""',
    'bucket label "le" is missing or has a malformed value of "NaN"',
  ]);
  const named = await overVectors("histogram_quantile", [0.5, vector.slice(0, 1)], {
    delayedNameRemoval: true,
  });
  assertEquals(named.warnings, [
    'bucket label "le" is missing or has a malformed value of "" for metric name "m"',
  ]);
});

const NATIVE = histogram("schema:0 count:4 sum:6 buckets:[2 2]");

Deno.test("histogram_quantile() takes native histograms beside classic ones", async () => {
  const { values } = await overVectors("histogram_quantile", [1, [
    seriesOf({ __name__: "m", kind: "native" }, NATIVE),
    ...buckets(LATENCY, { kind: "classic" }),
  ]]);
  assertEquals(values, { '{kind="native"}': [2], '{kind="classic"}': [1] });
});

Deno.test("histogram_quantile() takes neither where both have the same labels", async () => {
  const { values, warnings } = await overVectors("histogram_quantile", [1, [
    seriesOf({ __name__: "m_bucket" }, NATIVE, NATIVE),
    ...buckets({ "1": [1, undefined], "+Inf": [1, undefined] }),
  ]]);
  assertEquals(values["{}"]?.[0], undefined);
  assertEquals(warnings, ["vector contains a mix of classic and native histograms"]);
});

Deno.test("histogram_quantile() says that observations of NaN skew it", async () => {
  const skewed = { ...NATIVE, count: 5, sum: NaN };
  const { values, infos } = await overVectors("histogram_quantile", [
    Float64Array.of(0.1, 1),
    [seriesOf({}, skewed, skewed)],
  ]);
  assertEquals(values["{}"]?.[1], NaN);
  assertEquals(infos, [
    "input to histogram_quantile has NaN observations, result is skewed higher",
    "input to histogram_quantile has NaN observations, result is NaN",
  ]);
});

Deno.test("histogram_quantiles() tells them by a label", async () => {
  const { values } = await overVectors("histogram_quantiles", [
    [...buckets(LATENCY), seriesOf({ kind: "native" }, NATIVE)],
    "q",
    0.25,
    1,
  ]);
  assertEquals(Object.keys(values).sort(), [
    '{kind="native", q="0.25"}',
    '{kind="native", q="1.0"}',
    '{q="0.25"}',
    '{q="1.0"}',
  ]);
  assertEquals(values['{q="1.0"}'], [1]);
});

Deno.test("histogram_quantiles() refuses to give one twice", async () => {
  await assertRejects(
    () => overVectors("histogram_quantiles", [buckets(LATENCY), "q", 0.5, 0.5]),
    QueryError,
    "vector cannot contain metrics with the same labelset",
  );
});
