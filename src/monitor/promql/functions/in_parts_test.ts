import { assert, assertEquals } from "@std/assert";
import { Labels } from "../../labels.ts";
import { finish } from "../../stretches.ts";
import { PART, type RangeWindow } from "./function.ts";
import { FUNCTIONS } from "./mod.ts";

const COUNT = 3 * PART + 1;

/** Whole numbers from 0 in an order that jumps about, one a second. */
function longWindow(
  scalars: readonly number[],
  extension?: RangeWindow["extension"],
): RangeWindow {
  const times = Float64Array.from({ length: COUNT }, (_, i) => i * 1000);
  return {
    labels: Labels.EMPTY,
    samples: { times, values: times.map((_, i) => (i * 7919) % COUNT) },
    from: 0,
    to: COUNT,
    rangeStart: -1000,
    rangeEnd: (COUNT - 1) * 1000,
    time: (COUNT - 1) * 1000,
    extension,
    scalars,
    warn: () => {},
    info: () => {},
  };
}

for (const [name, implementation] of FUNCTIONS) {
  if (implementation.kind !== "range" || implementation.inParts === undefined) continue;
  const { evaluate, inParts } = implementation;
  Deno.test(`${name}() gives in parts what it gives at once`, () => {
    const window = longWindow([0.5, 0.5, 0.5]);
    assertEquals(finish(inParts(window)), evaluate(window));
  });
}

for (const extension of ["anchored", "smoothed"] as const) {
  Deno.test(`rate() of an ${extension} range is done in parts`, () => {
    const implementation = FUNCTIONS.get("rate");
    assert(implementation?.kind === "range" && implementation.inParts !== undefined);
    const work = implementation.inParts(longWindow([], extension));
    assert(work.next().done !== true, "a long range is not done in one part");
  });
}

for (
  const [name, expected] of [
    ["quantile_over_time", (COUNT - 1) / 2],
    ["mad_over_time", (COUNT - 1) / 4],
    ["max_over_time", COUNT - 1],
    ["sum_over_time", COUNT * (COUNT - 1) / 2],
    ["avg_over_time", (COUNT - 1) / 2],
  ] as const
) {
  Deno.test(`${name}() is right for a range of many samples`, () => {
    const implementation = FUNCTIONS.get(name);
    assert(implementation?.kind === "range" && implementation.inParts !== undefined);
    const work = implementation.inParts(longWindow([0.5]));
    assert(work.next().done !== true, "a long range is not done in one part");
    assertEquals(finish(work), expected);
  });
}
