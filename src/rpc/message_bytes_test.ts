import { assertEquals, assertThrows } from "@std/assert";
import { MessageBytes } from "./message_bytes.ts";

/** A string as protocol buffers write it: its length as a varint, and its bytes. */
function written(text: string): Uint8Array {
  const bytes = new TextEncoder().encode(text);
  const length: number[] = [];
  let rest = bytes.length;
  for (; rest > 127; rest >>>= 7) length.push(rest & 127 | 128);
  return Uint8Array.of(...length, rest, ...bytes);
}

Deno.test("MessageBytes reads strings, short and long, whatever is in them", () => {
  const texts = ["", "Ada", "é€😀", "\ufeffmark"];
  for (const text of [...texts, ...texts.map((text) => text.repeat(3000))]) {
    const message = written(text);
    const reader = new MessageBytes(message);
    assertEquals(reader.string(), text);
    assertEquals(reader.pos, message.length);
  }
});

Deno.test("MessageBytes reads a string out of the middle of other bytes", () => {
  const around = Uint8Array.of(1, 2, 3, ...written("x".repeat(1000)), 9, 9);
  const reader = new MessageBytes(around.subarray(3));
  assertEquals(reader.string(), "x".repeat(1000));
  assertEquals(reader.len - reader.pos, 2);
});

Deno.test("MessageBytes takes a string that is not all there for a fault", () => {
  for (const length of [5, 1000]) {
    const cut = written("y".repeat(length)).slice(0, -1);
    assertThrows(() => new MessageBytes(cut).string(), RangeError, `A string of ${length} bytes`);
  }
});
