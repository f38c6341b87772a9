import { assert, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { mutate, SeededRandom } from "./fuzz.ts";

Deno.test("SeededRandom gives the same numbers for the same seed, spread from 0 to 1", () => {
  const numbers = (seed: number) => {
    const random = new SeededRandom(seed);
    return Array.from({ length: 1_000 }, () => random.next());
  };
  assertEquals(numbers(1), numbers(1));
  assertNotEquals(numbers(1), numbers(2));
  assert(numbers(3).every((n) => n >= 0 && n < 1));
  const tenths = new Set(numbers(4).map((n) => Math.floor(n * 10)));
  assertEquals(tenths.size, 10);
});

Deno.test("SeededRandom.below() and pick() stay inside", () => {
  const random = new SeededRandom(5);
  const picked = new Set(Array.from({ length: 200 }, () => random.pick(["a", "b", "c"])));
  assertEquals([...picked].sort(), ["a", "b", "c"]);
  const below = new Set(Array.from({ length: 200 }, () => random.below(3)));
  assertEquals([...below].sort(), [0, 1, 2]);
  assertThrows(() => random.pick([]), RangeError, "no items");
});

Deno.test("mutate() gives the same faults for the same seed, and many different ones", () => {
  const text = "one 1\ntwo 2\nthree 3\n";
  const mutations = (seed: number) => {
    const random = new SeededRandom(seed);
    return Array.from({ length: 500 }, () => mutate(random, text));
  };
  assertEquals(mutations(1), mutations(1));
  assert(new Set(mutations(1)).size > 300);
  assertEquals(
    typeof mutate(new SeededRandom(1), ""),
    "string",
    "an empty text has no part to change",
  );
});
