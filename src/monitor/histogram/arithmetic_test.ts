import { assert, assertEquals, assertFalse, assertThrows } from "@std/assert";
import { IncompatibleHistogramsError } from "./accumulate.ts";
import {
  addHistograms,
  divideHistogram,
  emptyLike,
  multiplyHistogram,
  negateHistogram,
  reduceResolution,
  subtractHistograms,
} from "./arithmetic.ts";
import { createFloatHistogram } from "./create.ts";
import type { CounterReset, FloatHistogram } from "./float_histogram.ts";
import { parseHistogramNotation, printHistogramNotation } from "./notation.ts";

function of(text: string): FloatHistogram {
  return parseHistogramNotation(text).histogram;
}

const SUMS: readonly [what: string, a: string, b: string, sum: string][] = [
  [
    "buckets of both",
    "{{count:6 sum:5 z_bucket:1 buckets:[1 0 2] n_buckets:[2]}}",
    "{{count:7 sum:2.5 z_bucket:2 offset:1 buckets:[1 1 1] n_offset:2 n_buckets:[2]}}",
    "{{count:13 sum:7.5 z_bucket:3 buckets:[1 1 3 1] n_buckets:[2 0 2]}}",
  ],
  [
    "the lower of two resolutions",
    "{{schema:1 count:10 offset:-2 buckets:[1 2 3 4]}}",
    "{{schema:-1 count:3 buckets:[1 2]}}",
    "{{schema:-1 count:13 buckets:[7 6]}}",
  ],
  [
    "a wider zero bucket, which swallows buckets",
    "{{count:10 z_bucket:1 z_bucket_w:0.25 offset:-1 buckets:[2 3 4]}}",
    "{{count:2 z_bucket:1 z_bucket_w:0.5 n_buckets:[1]}}",
    "{{count:12 z_bucket:4 z_bucket_w:0.5 buckets:[3 4] n_buckets:[1]}}",
  ],
  [
    "a zero bucket that ends inside a filled bucket, to whose end it grows",
    "{{count:5 buckets:[2 3]}}",
    "{{count:1 z_bucket:1 z_bucket_w:0.75}}",
    "{{count:6 z_bucket:3 z_bucket_w:1 offset:1 buckets:[3]}}",
  ],
  [
    "a zero bucket that grows on one side and then takes in more on the other",
    "{{count:9 offset:1 buckets:[4] n_buckets:[2 3]}}",
    "{{count:1 z_bucket:1 z_bucket_w:1.5}}",
    "{{count:10 z_bucket:10 z_bucket_w:2}}",
  ],
  [
    "custom buckets with the same bounds",
    "{{schema:-53 count:3 custom_values:[1 2] buckets:[1 2]}}",
    "{{schema:-53 count:4 custom_values:[1 2] buckets:[0 1 3]}}",
    "{{schema:-53 count:7 custom_values:[1 2] buckets:[1 3 3]}}",
  ],
];

Deno.test("addHistograms() adds what both have in common", () => {
  for (const [what, a, b, sum] of SUMS) {
    for (const [left, right] of [[a, b], [b, a]] as const) {
      const added = addHistograms(of(left), of(right));
      assertEquals(printHistogramNotation(added.histogram), sum, what);
      assertFalse(added.boundsReconciled);
      assertFalse(added.counterResetCollision);
    }
  }
});

Deno.test("addHistograms() keeps the custom bounds that both have, and says that there were others", () => {
  const added = addHistograms(
    of("{{schema:-53 count:10 custom_values:[1 2 5] buckets:[1 2 3 4]}}"),
    of("{{schema:-53 count:6 custom_values:[2 3] buckets:[1 2 3]}}"),
  );
  assertEquals(
    printHistogramNotation(added.histogram),
    "{{schema:-53 count:16 custom_values:[2] buckets:[4 12]}}",
  );
  assert(added.boundsReconciled);
});

Deno.test("subtractHistograms() goes below zero, and drops buckets that become empty", () => {
  const { histogram } = subtractHistograms(
    of("{{count:6 sum:5 z_bucket:1 buckets:[1 3 2]}}"),
    of("{{count:7 sum:2.5 z_bucket:2 buckets:[1 1 1 1] n_buckets:[1]}}"),
  );
  assertEquals(
    printHistogramNotation(histogram),
    "{{count:-1 sum:2.5 z_bucket:-1 offset:1 buckets:[2 1 -1] n_buckets:[-1]}}",
  );
  assertEquals(histogram.positive.indexes, [1, 2, 3]);
});

Deno.test("addHistograms() refuses one with custom and one with exponential buckets", () => {
  assertThrows(
    () => addHistograms(of("{{count:1}}"), of("{{schema:-53 count:1 buckets:[1]}}")),
    IncompatibleHistogramsError,
    "Cannot combine a histogram of exponential buckets with one of custom buckets",
  );
});

Deno.test("addHistograms() tells what is left of counter resets, and where they collide", () => {
  const cases: [a: CounterReset, b: CounterReset, sum: CounterReset, collision: boolean][] = [
    ["none", "none", "none", false],
    ["none", "unknown", "unknown", false],
    ["reset", "gauge", "gauge", false],
    ["reset", "none", "unknown", true],
  ];
  for (const [a, b, sum, collision] of cases) {
    for (const [left, right] of [[a, b], [b, a]] as const) {
      const added = addHistograms(
        createFloatHistogram({ counterReset: left }),
        createFloatHistogram({ counterReset: right }),
      );
      assertEquals([added.histogram.counterReset, added.counterResetCollision], [sum, collision]);
    }
  }
});

Deno.test("multiplyHistogram() and divideHistogram() change every number", () => {
  const h = of("{{count:6 sum:-5 z_bucket:1 z_bucket_w:0.5 buckets:[1 2] n_buckets:[2]}}");
  assertEquals(
    printHistogramNotation(multiplyHistogram(h, 2)),
    "{{count:12 sum:-10 z_bucket:2 z_bucket_w:0.5 buckets:[2 4] n_buckets:[4]}}",
  );
  assertEquals(
    printHistogramNotation(divideHistogram(h, 4)),
    "{{count:1.5 sum:-1.25 z_bucket:0.25 z_bucket_w:0.5 buckets:[0.25 0.5] n_buckets:[0.5]}}",
  );
  assertEquals(
    printHistogramNotation(negateHistogram(h)),
    "{{count:-6 sum:5 z_bucket:-1 z_bucket_w:0.5 counter_reset_hint:gauge buckets:[-1 -2] " +
      "n_buckets:[-2]}}",
  );
});

Deno.test("divideHistogram() by zero leaves no buckets", () => {
  assertEquals(
    printHistogramNotation(divideHistogram(of("{{count:6 sum:-5 buckets:[1 2]}}"), 0)),
    "{{count:+Inf sum:-Inf z_bucket:NaN}}",
  );
  const custom = of("{{schema:-53 count:6 sum:5 custom_values:[1] buckets:[6]}}");
  assertEquals(
    printHistogramNotation(divideHistogram(custom, 0)),
    "{{schema:-53 count:+Inf sum:+Inf custom_values:[1]}}",
  );
});

Deno.test("reduceResolution() merges buckets, and refuses a higher resolution", () => {
  const h = of("{{schema:2 count:21 offset:-4 buckets:[1 2 3 4 5 6] n_offset:1 n_buckets:[1 1]}}");
  assertEquals(
    printHistogramNotation(reduceResolution(h, 0)),
    "{{count:21 offset:-1 buckets:[1 14 6] n_offset:1 n_buckets:[2]}}",
  );
  assertThrows(() => reduceResolution(h, 3), RangeError, "schema 2 to schema 3");
  assertThrows(() => reduceResolution(h, -53), RangeError, "schema 2 to schema -53");
});

Deno.test("emptyLike() is what adding changes nothing of", () => {
  for (
    const text of [
      "{{schema:2 count:1 buckets:[1]}}",
      "{{schema:-53 custom_values:[1] count:1 buckets:[1]}}",
    ]
  ) {
    const h = of(text);
    const { histogram, boundsReconciled } = addHistograms(emptyLike(h), h);
    assertEquals(histogram, h);
    assertFalse(boundsReconciled);
  }
});
