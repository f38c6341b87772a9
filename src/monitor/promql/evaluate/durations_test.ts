import { assertEquals, assertRejects } from "@std/assert";
import { QueryError } from "../errors.ts";
import { ask, askRange } from "./query_fixture.ts";

const DATA = "load 0+1x20";

for (
  const [query, expected] of [
    ["sum_over_time(load[1m * 2])", ["{} 19"]],
    ["sum_over_time(load[5m - 3m])", ["{} 19"]],
    ["sum_over_time(load[min_of(2m, 1h)])", ["{} 19"]],
    ["sum_over_time(load[max_of(2m, 1m)])", ["{} 19"]],
    ["sum_over_time(load[(1m + 1m) ^ 1])", ["{} 19"]],
    ["load offset (1m * 3)", ["load 7"]],
    ["load offset -(1m)", ["load 11"]],
    ["load offset (90 % 60)", ["load 9"]],
  ] as const
) {
  Deno.test(`resolveDuration(): ${query}`, async () => {
    assertEquals(await ask(DATA, query, { at: 600 }), [...expected]);
  });
}

Deno.test("resolveDuration() knows the step and the range of the query", async () => {
  const options = { from: 300, to: 600, step: 300 };
  assertEquals(await askRange(DATA, "sum_over_time(load[step()])", options), ["{} 15@300 40@600"]);
  assertEquals(await askRange(DATA, "load offset range()", options), ["load 0@300 5@600"]);
  assertEquals(await askRange(DATA, "step() + range() + end() - start()", options), [
    "{} 900@300 900@600",
  ]);
});

for (
  const [query, message] of [
    ["load[1m - 1m]", "5:12: duration must be greater than 0"],
    ["load offset (1m / step())", "13:24: division by zero"],
    ["load[step()]", "5:11: duration must be greater than 0"],
    ["load[2 ^ 2000]", "5:13: duration is NaN or infinite"],
  ] as const
) {
  Deno.test(`resolveDuration() refuses ${query}`, async () => {
    const error = await assertRejects(() => ask(DATA, query), QueryError);
    assertEquals(error.message, message);
    assertEquals(error.type, "bad_data");
  });
}
