import { assert, assertEquals, assertFalse, assertThrows } from "@std/assert";
import { IncompatibleHistogramsError } from "./accumulate.ts";
import { createFloatHistogram } from "./create.ts";
import type { FloatHistogram } from "./float_histogram.ts";
import { parseHistogramNotation, printHistogramNotation } from "./notation.ts";
import { HistogramMean, HistogramSum } from "./sum.ts";

function of(text: string): FloatHistogram {
  return parseHistogramNotation(text).histogram;
}

/** A histogram all of whose numbers are `value`. */
function allOf(value: number): FloatHistogram {
  const side = { indexes: [1], counts: [value] };
  return createFloatHistogram({
    count: value,
    sum: value,
    zeroCount: value,
    positive: side,
    negative: side,
  });
}

function fill<T extends HistogramSum | HistogramMean>(of: T, others: readonly FloatHistogram[]): T {
  for (const h of others) of.add(h);
  return of;
}

Deno.test("HistogramSum keeps what plain addition would lose, in every number", () => {
  const sum = fill(new HistogramSum(allOf(1)), [1e100, 1, -1e100].map(allOf)).result();
  assertEquals(sum, allOf(2));
});

Deno.test("HistogramSum keeps it also while resolutions, zero buckets and bounds change", () => {
  const coarse = createFloatHistogram({ schema: -1, zeroThreshold: 0.25 });
  const sum = fill(new HistogramSum(allOf(1)), [allOf(1e100), allOf(1), coarse, allOf(-1e100)]);
  assertEquals(sum.result().positive, { indexes: [1], counts: [2] });
  const custom = (counts: number[], customBounds: number[]) =>
    createFloatHistogram({
      schema: -53,
      customBounds,
      positive: { indexes: counts.map((_, i) => i), counts },
    });
  const reconciled = fill(new HistogramSum(custom([1, 1, 1], [1, 2])), [
    custom([1e100, 1, 1], [1, 2]),
    custom([1, 1], [2]),
    custom([-1e100, 1, 1], [1, 2]),
  ]);
  assertEquals(reconciled.result().positive, { indexes: [0, 1], counts: [5, 4] });
  assert(reconciled.boundsReconciled);
});

Deno.test("HistogramSum does not lose an overflow", () => {
  const sum = fill(new HistogramSum(allOf(Number.MAX_VALUE)), [allOf(Number.MAX_VALUE)]).result();
  assertEquals([sum.count, sum.positive.counts], [Infinity, [Infinity]]);
});

Deno.test("HistogramMean divides the sum by the number of histograms", () => {
  const mean = fill(new HistogramMean(of("{{count:1 sum:4 buckets:[1]}}")), [
    of("{{count:4 sum:5 z_bucket:1 buckets:[1 2]}}"),
    of("{{count:7 sum:0 buckets:[4 1 2]}}"),
    of("{{}}"),
  ]);
  assertEquals(
    printHistogramNotation(mean.result()),
    "{{count:3 sum:2.25 z_bucket:0.25 buckets:[1.5 0.75 0.5]}}",
  );
});

Deno.test("HistogramMean is finite where the sum would not be", () => {
  const large = Number.MAX_VALUE;
  const mean = fill(new HistogramMean(allOf(large)), [large, large / 2, large / 2].map(allOf));
  assertEquals(mean.result().count, large * 0.75);
  assertEquals(mean.result().positive, { indexes: [1], counts: [large * 0.75] });
});

Deno.test("HistogramMean and HistogramSum report resets and certain continuations together", () => {
  for (const kind of [HistogramSum, HistogramMean]) {
    const reset = createFloatHistogram({ counterReset: "reset" });
    const none = createFloatHistogram({ counterReset: "none" });
    const unknown = createFloatHistogram({});
    assertFalse(fill(new kind(reset), [unknown, reset]).counterResetCollision);
    assert(fill(new kind(reset), [unknown, none]).counterResetCollision);
  }
});

Deno.test("HistogramMean and HistogramSum refuse custom buckets among exponential ones", () => {
  for (const kind of [HistogramSum, HistogramMean]) {
    const sum = new kind(createFloatHistogram({ schema: -53 }));
    assertThrows(() => sum.add(createFloatHistogram({})), IncompatibleHistogramsError);
  }
});
