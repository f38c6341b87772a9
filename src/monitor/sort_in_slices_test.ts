import { assertEquals } from "@std/assert";
import { Pace } from "./pace.ts";
import { sortInSlices } from "./sort_in_slices.ts";

Deno.test("sortInSlices() sorts as sort() does, however many there are", async () => {
  for (const length of [0, 1, 2, 511, 512, 513, 5000]) {
    const items = Array.from({ length }, (_, i) => ({ key: (i * 7919) % 101, i }));
    const compare = (a: { key: number }, b: { key: number }) => a.key - b.key;
    assertEquals(await sortInSlices(items, compare, new Pace()), items.toSorted(compare));
  }
});
