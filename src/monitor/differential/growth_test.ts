import { assert, assertEquals } from "@std/assert";
import { SeededRandom } from "../../testing/fuzz.ts";
import { QueryError } from "../promql/errors.ts";
import { SIGNATURES } from "../promql/functions/signatures.ts";
import { parseQuery } from "../promql/parse/mod.ts";
import { createDataSet, DATA_END, DATA_START } from "./data_set.ts";
import { growQuery } from "./grow_expression.ts";
import { growthOf } from "./growth.ts";

function queries(seed: number, count: number): string[] {
  const random = new SeededRandom(seed);
  const series = createDataSet(random, { hasHistograms: true, isAligned: true });
  const functions = [...SIGNATURES.values()];
  const growth = growthOf(random, series, {
    functions,
    isExperimental: true,
    start: DATA_START,
    end: DATA_END,
  });
  return Array.from({ length: count }, () => growQuery(growth));
}

function isValid(query: string): boolean {
  try {
    parseQuery(query);
    return true;
  } catch (error) {
    if (error instanceof QueryError) return false;
    throw error;
  }
}

Deno.test("growQuery() grows the same queries from the same seed", () => {
  assertEquals(queries(7, 20), queries(7, 20));
  assert(queries(7, 20).join() !== queries(8, 20).join());
});

Deno.test("growQuery() grows mostly valid queries, with every function in some", () => {
  const all = queries(1, 3000);
  const valid = all.filter(isValid);
  assert(valid.length > 0.95 * all.length, `${valid.length} of ${all.length} are valid`);
  const text = valid.join("\n");
  assertEquals([...SIGNATURES.keys()].filter((name) => !text.includes(`${name}(`)), []);
});

Deno.test("createDataSet() has resets, gaps, stale markers and every kind of histogram", () => {
  const series = createDataSet(new SeededRandom(1), { hasHistograms: true, isAligned: true });
  const samples = series.flatMap((one) => one.samples);
  assert(samples.some(({ value }) => value === undefined));
  assert(samples.some(({ value }) => Number.isNaN(value)));
  const schemas = new Set(samples.map(({ value }) => typeof value === "object" && value.schema));
  assert(schemas.has(-53) && schemas.size > 2);
  for (const { labels, samples } of series) {
    assert(
      samples.every(({ time }, i) => i === 0 || time > (samples[i - 1]?.time ?? 0)),
      `${labels} goes back in time`,
    );
  }
});
