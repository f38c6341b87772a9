import { assertEquals } from "@std/assert";
import { MessageWriter } from "./byte_writer.ts";

Deno.test("MessageWriter writes fields as protocol buffers have them", () => {
  const cases: [MessageWriter, number[]][] = [
    [new MessageWriter().integer(1, 150), [0x08, 0x96, 0x01]],
    [new MessageWriter().integer(2, -1), [0x10, ...new Array(9).fill(0xff), 0x01]],
    [new MessageWriter().signed(1, -1), [0x08, 0x01]],
    [new MessageWriter().signed(1, 64), [0x08, 0x80, 0x01]],
    [new MessageWriter().text(2, "é"), [0x12, 0x02, 0xc3, 0xa9]],
    [new MessageWriter().double(1, 1), [0x09, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f]],
    [new MessageWriter().bits(1, 0x7ff0000000000002n), [0x09, 2, 0, 0, 0, 0, 0, 0xf0, 0x7f]],
    [new MessageWriter().doubles(3, [1]), [0x1a, 8, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f]],
    [new MessageWriter().doubles(3, []), []],
  ];
  for (const [writer, bytes] of cases) assertEquals([...writer.bytes], bytes);
});

Deno.test("MessageWriter grows with what is written", () => {
  const block = new Uint8Array(10_000).fill(7);
  const { bytes } = new MessageWriter().block(1, block).block(1, block);
  assertEquals(bytes.length, 2 * (1 + 2 + 10_000));
  assertEquals(bytes.at(-1), 7);
});
