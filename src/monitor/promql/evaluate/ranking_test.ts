import { assertEquals } from "@std/assert";
import { Labels } from "../../labels.ts";
import { Pace } from "../../pace.ts";
import { Ranking } from "./ranking.ts";
import { draftSeries } from "./steps.ts";

for (
  const { values, limit, expected } of [
    { values: [3, 1, 2], limit: 2, expected: [3, 2] },
    { values: [3, 1, 2], limit: 5, expected: [3, 2, 1] },
    { values: [NaN, 1, NaN, 2], limit: 3, expected: [2, 1, NaN] },
    { values: [NaN, NaN], limit: 1, expected: [NaN] },
    {
      values: Array.from({ length: 50 }, (_, i) => (i * 17) % 50),
      limit: 3,
      expected: [49, 48, 47],
    },
  ]
) {
  Deno.test(`Ranking.best() of ${values.length} values and a limit of ${limit}: ${expected}`, async () => {
    const ranking = new Ranking(limit);
    for (const [i, value] of values.entries()) {
      const series = draftSeries(Labels.from({ place: String(i) }), 1, false);
      series.values[0] = value;
      ranking.offer(series, value);
    }
    const best = await ranking.best(new Pace());
    assertEquals(best.map((series) => series.values[0]), expected);
  });
}

Deno.test("Ranking.best() keeps those of equal values that came first", async () => {
  const ranking = new Ranking(2);
  for (const place of ["a", "b", "c"]) {
    ranking.offer(draftSeries(Labels.from({ place }), 1, false), 1);
  }
  const best = await ranking.best(new Pace());
  assertEquals(best.map(({ labels }) => labels.get("place")), ["a", "b"]);
});
