import { assertEquals } from "@std/assert";
import { indexAfter } from "./times.ts";

Deno.test("indexAfter() finds what a look at each of the times finds, wherever it begins", () => {
  for (const count of [0, 1, 2, 15, 16, 17, 33, 100]) {
    // Every other time twice over, since times may be asked for that are not there.
    const times = Float64Array.from({ length: count }, (_, i) => 10 * Math.floor(i / 2));
    for (let time = -5; time <= 10 * count + 5; time += 5) {
      const found = times.findIndex((one) => one > time);
      const expected = found === -1 ? count : found;
      for (let from = 0; from <= expected; from++) {
        assertEquals(indexAfter(times, time, from), expected, `${time} of ${count} from ${from}`);
      }
    }
  }
});
