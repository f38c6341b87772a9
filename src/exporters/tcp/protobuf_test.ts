import { assertEquals } from "@std/assert";
import { concat, delimited, messageField, sizeOfVarint, stringField, Writer } from "./protobuf.ts";

function varint(value: number | bigint): number[] {
  const writer = new Writer(sizeOfVarint(value));
  writer.varint(value);
  return [...writer.bytes];
}

Deno.test("varint() writes seven bits a byte, the lowest first", () => {
  assertEquals(varint(0), [0]);
  assertEquals(varint(127), [0x7f]);
  assertEquals(varint(128), [0x80, 0x01]);
  assertEquals(varint(300), [0xac, 0x02]);
});

Deno.test("varint() writes the same bytes for a number and the bigint of it", () => {
  for (let bits = 0; bits <= 63; bits++) {
    for (const value of [2 ** bits, 2 ** bits - 1, 2 ** bits + 1]) {
      assertEquals(varint(value), varint(BigInt(value)), `${value}`);
    }
  }
});

Deno.test("varint() is exact up to the largest uint64", () => {
  assertEquals(varint(2n ** 53n + 1n), [0x81, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x10]);
  assertEquals(varint(2n ** 64n - 1n), [...new Array(9).fill(0xff), 0x01]);
});

Deno.test("varint() writes a negative int64 in two's complement", () => {
  assertEquals(varint(-1n), [...new Array(9).fill(0xff), 0x01]);
});

Deno.test("double() writes eight bytes, little-endian, and one NaN for all", () => {
  const writer = new Writer(24);
  writer.double(10);
  writer.double(NaN);
  writer.double(-0);
  assertEquals([...writer.bytes], [
    ...[0, 0, 0, 0, 0, 0, 0x24, 0x40],
    ...[0, 0, 0, 0, 0, 0, 0xf8, 0x7f],
    ...[0, 0, 0, 0, 0, 0, 0, 0x80],
  ]);
});

Deno.test("stringField() counts bytes, not characters", () => {
  assertEquals([...stringField(1, "é")], [0x0a, 2, 0xc3, 0xa9]);
  assertEquals([...stringField(4, "")], [0x22, 0]);
});

Deno.test("messageField() and delimited() put the length before the body", () => {
  const body = new Uint8Array(200);
  assertEquals([...messageField(2, body).subarray(0, 3)], [0x12, 0xc8, 0x01]);
  assertEquals([...delimited(body).subarray(0, 2)], [0xc8, 0x01]);
  assertEquals(delimited(concat([body, body])).length, 402);
});
