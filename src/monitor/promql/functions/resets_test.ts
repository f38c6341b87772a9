import { assertEquals } from "@std/assert";
import { every10s, histogram, overRange, type RangeOptions } from "./functions_fixture.ts";

const TWO = histogram("schema:0 count:2 sum:3 buckets:[1 1]");
const THREE = histogram("schema:0 count:3 sum:4 buckets:[1 2]");

const CASES: [string, string, ReturnType<typeof every10s>, RangeOptions, number | undefined][] = [
  ["resets", "falls", every10s(1, 2, 0, 5, 5, 4), {}, 2],
  ["resets", "changes of kind", every10s(1, TWO, THREE, 1), {}, 2],
  ["resets", "histograms that fell", every10s(THREE, TWO, THREE), {}, 1],
  ["resets", "starts between samples", every10s(1, 2, 3), { starts: [-5, -5, 15] }, 1],
  ["changes", "different values", every10s(1, 1, 2, NaN, NaN, 1), {}, 3],
  ["changes", "different histograms", every10s(TWO, TWO, THREE, 1), {}, 2],
  ["changes", "what changed since an anchor", every10s(1, 2, 2), {
    range: 5,
    end: 22,
    extension: "anchored",
  }, 0],
  ["changes", "an anchor alone as nothing", every10s(1, 2), {
    range: 5,
    end: 22,
    extension: "anchored",
  }, undefined],
  ["changes", "from the anchor on", every10s(1, 2), {
    range: 10,
    end: 12,
    extension: "anchored",
  }, 1],
];

for (const [name, what, samples, options, expected] of CASES) {
  Deno.test(`${name}() counts ${what}`, () => {
    assertEquals(overRange(name, samples, options).value, expected);
  });
}
