import { assert, assertEquals } from "@std/assert";
import { finish } from "../stretches.ts";
import { Arena } from "./arena.ts";
import { seeded } from "./random_fixture.ts";
import { BLOCK, TimeColumn } from "./time_column.ts";

function filled(count: number): { column: TimeColumn; times: number[] } {
  const random = seeded(count);
  const column = new TimeColumn(new Arena());
  const times: number[] = [];
  let time = 1_700_000_000_000;
  for (let i = 0; i < count; i++) {
    time += 1 + Math.floor(random() * 10_000) * (random() < 0.01 ? 1e6 : 1);
    times.push(time);
    assertEquals(column.place(time), i);
  }
  return { column, times };
}

Deno.test("TimeColumn.between() gives the times of a range, wherever its ends lie", () => {
  for (const count of [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK, 500]) {
    const { column, times } = filled(count);
    const ends = [-Infinity, 0, Infinity, ...times.filter((_, i) => i % 37 === 0)]
      .flatMap((end) => [end - 1, end, end + 1]);
    for (const start of ends) {
      for (const end of ends) {
        const expected = times.filter((time) => time >= start && time <= end);
        const { first, times: got } = finish(column.between(start, end));
        assertEquals([...got], expected);
        if (expected.length > 0) assertEquals(times[first], expected[0]);
      }
    }
  }
});

Deno.test("TimeColumn.place() knows the newest time again, and refuses older ones", () => {
  const { column, times } = filled(300);
  const last = times.at(-1) ?? 0;
  assertEquals(column.place(last), 299);
  assertEquals(column.place(last - 1), -1);
  assertEquals(column.end, 300);
});

Deno.test("TimeColumn.trim() keeps what chunks with newer samples reach into", () => {
  const { column, times } = filled(1_000);
  for (const index of [0, 119, 240, 500, 777, 999]) {
    column.trim(times[index] ?? 0);
    const oldest = Math.max(0, index + 1 - (BLOCK - 1));
    assert(column.first <= oldest, `${column.first} of ${index}`);
    assert(column.first > oldest - 3 * BLOCK, `${column.first} of ${index}`);
    assertEquals([...column.slice(oldest, 1_000)], times.slice(oldest));
  }
});

Deno.test("TimeColumn bounds enclose every time", () => {
  const { column, times } = filled(490);
  times.forEach((time, i) => {
    assert(column.lowerBound(i) <= time && time <= column.upperBound(i), `index ${i}`);
  });
});
