import { assertEquals, assertThrows } from "@std/assert";
import { ProtobufReader } from "./codec.ts";

/** A string as protocol buffers write it: its length as a varint, and its bytes. */
function written(text: string): Uint8Array {
  const bytes = new TextEncoder().encode(text);
  const length: number[] = [];
  let rest = bytes.length;
  for (; rest > 127; rest >>>= 7) length.push(rest & 127 | 128);
  return Uint8Array.of(...length, rest, ...bytes);
}

Deno.test("ProtobufReader reads strings, short and long, whatever is in them", () => {
  const texts = ["", "Ada", "é€😀", "\ufeffmark"];
  for (const text of [...texts, ...texts.map((text) => text.repeat(3000))]) {
    const message = written(text);
    const reader = new ProtobufReader(message);
    assertEquals(reader.string(), text);
    assertEquals(reader.pos, message.length);
  }
});

Deno.test("ProtobufReader reads a string out of the middle of other bytes", () => {
  const around = Uint8Array.of(1, 2, 3, ...written("x".repeat(1000)), 9, 9);
  const reader = new ProtobufReader(around.subarray(3));
  assertEquals(reader.string(), "x".repeat(1000));
  assertEquals(reader.len - reader.pos, 2);
});

Deno.test("ProtobufReader takes a string that is not all there for a fault", () => {
  for (const length of [5, 1000]) {
    const cut = written("y".repeat(length)).slice(0, -1);
    assertThrows(() => new ProtobufReader(cut).string(), RangeError, `A string of ${length} bytes`);
  }
});
