import { assertEquals } from "@std/assert";
import { seeded } from "../store/random_fixture.ts";
import { TimeQueue } from "./time_queue.ts";

Deno.test("TimeQueue gives everybody back, the earliest time first", () => {
  const random = seeded(3);
  const queue = new TimeQueue<number>();
  const expected = new Map<number, number[]>();
  for (let item = 0; item < 500; item++) {
    const time = Math.floor(random() * 100);
    queue.add(time, item);
    expected.set(time, [...expected.get(time) ?? [], item]);
  }
  const taken: [number, readonly number[]][] = [];
  for (let next = queue.take(); next !== undefined; next = queue.take()) taken.push([...next]);
  assertEquals(taken, [...expected].sort(([a], [b]) => a - b));
});
