import { assertEquals } from "@std/assert";
import { Pace } from "../../pace.ts";
import { pacedSort } from "./paced_sort.ts";

for (const count of [0, 1, 255, 256, 257, 2000]) {
  Deno.test(`pacedSort() sorts ${count} items, stable`, async () => {
    const items = Array.from({ length: count }, (_, i) => ({ key: (i * 7919) % 101, place: i }));
    const sorted = await pacedSort(items, (a, b) => a.key - b.key, new Pace());
    assertEquals(sorted, items.toSorted((a, b) => a.key - b.key));
  });
}
