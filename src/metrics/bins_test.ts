import { assertEquals } from "@std/assert";
import { Bins } from "./bins.ts";

/** The same thing written to be obviously right. */
function model(keys: number[], limit: number): number[] {
  let highest = -Infinity;
  let kept: number[] = [];
  for (const key of keys) {
    highest = Math.max(highest, key);
    kept = [...kept, key].map((k) => Math.max(k, highest - limit + 1));
  }
  return kept.sort((a, b) => a - b);
}

/** A row of numbers that looks random and is the same in every run. */
function* pseudoRandom(seed: number): Generator<number, never> {
  for (let x = seed;;) yield (x = (x * 1103515245 + 12345) % 2 ** 31) / 2 ** 31;
}

Deno.test("Bins has every key in order, and collapses the lowest when they spread beyond the limit", () => {
  const random = pseudoRandom(7);
  for (let round = 0; round < 200; round++) {
    const limit = 1 + Math.floor(random.next().value * 300);
    const spread = 1 + Math.floor(random.next().value * 1000);
    const keys = Array.from(
      { length: 50 },
      () => Math.floor((random.next().value - 0.5) * spread),
    );
    const bins = new Bins(limit);
    for (const key of keys) bins.add(key, 1);
    assertEquals(bins.total, keys.length);
    assertEquals(keys.map((_, rank) => bins.keyAtRank(rank)), model(keys, limit));
  }
});

Deno.test("Bins.merge() equals adding everything, whatever was collapsed before", () => {
  const random = pseudoRandom(11);
  for (let round = 0; round < 100; round++) {
    const keys = Array.from({ length: 60 }, () => Math.floor(random.next().value * 400));
    const [left, right] = [new Bins(150), new Bins(150)];
    for (const key of keys.slice(0, 30)) left.add(key, 1);
    for (const key of keys.slice(30)) right.add(key, 1);
    left.merge(right);
    left.merge(new Bins(150));
    assertEquals(keys.map((_, rank) => left.keyAtRank(rank)), model(keys, 150));
  }
});

Deno.test("Bins.clear() leaves nothing behind", () => {
  const bins = new Bins(10);
  for (const key of [1, 100, 1000]) bins.add(key, 3);
  bins.clear();
  assertEquals(bins.total, 0);
  bins.add(-5, 1);
  bins.add(-6, 1);
  assertEquals([bins.keyAtRank(0), bins.keyAtRank(1), bins.total], [-6, -5, 2]);
});
