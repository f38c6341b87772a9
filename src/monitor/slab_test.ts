import { assertEquals } from "@std/assert";
import { float64Column, uint8Column } from "./slab.ts";

Deno.test("float64Column() and uint8Column() give zeros that nobody else has, of any length", () => {
  const columns = [];
  for (let i = 0; i < 500; i++) {
    const length = i % 10 === 0 ? 300 * i : i;
    const [floats, bytes] = [float64Column(length), uint8Column(length)];
    assertEquals([floats.length, bytes.length], [length, length]);
    assertEquals([floats.some(Boolean), bytes.some(Boolean)], [false, false]);
    columns.push({ i, floats: floats.fill(i), bytes: bytes.fill(i) });
  }
  for (const { i, floats, bytes } of columns) {
    assertEquals(floats.every((value) => value === i), true);
    assertEquals(bytes.every((value) => value === i % 256), true);
  }
});
