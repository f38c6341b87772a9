import { assert, assertEquals } from "@std/assert";
import { giveMemory, takeMemory } from "./message_memory.ts";

Deno.test("takeMemory() gives exactly what is asked for, of any size", () => {
  for (const length of [0, 1, 4095, 4096, 4097, 65_536, 65_540, 1_048_576, 1_048_577]) {
    assertEquals(takeMemory(length).length, length);
  }
});

Deno.test("takeMemory() gives memory again that was given back, once", () => {
  const first = takeMemory(65_540);
  giveMemory(first);
  const second = takeMemory(70_000);
  assert(second.buffer === first.buffer);
  assert(takeMemory(70_000).buffer !== first.buffer);
});

Deno.test("giveMemory() keeps nothing that others may use, and no more than 8 MiB", () => {
  const large = new Uint8Array(2 ** 16);
  for (const shared of [large.subarray(1), large.subarray(0, 2 ** 15)]) {
    giveMemory(shared);
    assert(takeMemory(shared.length).buffer !== shared.buffer);
  }
  const many = Array.from({ length: 12 }, () => takeMemory(1_000_000));
  many.forEach(giveMemory);
  const again = Array.from({ length: 12 }, () => takeMemory(1_000_000));
  const reused = again.filter(({ buffer }) => many.some((one) => one.buffer === buffer));
  assert(reused.length >= 1 && reused.length <= 8, `${reused.length} MiB were kept`);
});
