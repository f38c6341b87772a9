import { assertEquals } from "@std/assert";
import { SeededRandom } from "../../testing/fuzz.ts";
import { HpackDecoder } from "./decoder.ts";
import { encodeFields, encodeInteger } from "./encoder.ts";
import { decodeHuffman, encodeHuffman } from "./huffman.ts";

const hex = (bytes: Iterable<number>) => Uint8Array.from(bytes).toHex();

Deno.test("encodeInteger() encodes the integers of RFC 7541, appendix C.1", () => {
  for (const [value, prefix, encoded] of [[10, 5, "0a"], [1337, 5, "1f9a0a"], [42, 8, "2a"]]) {
    const bytes: number[] = [];
    encodeInteger(Number(value), Number(prefix), 0, bytes);
    assertEquals(hex(bytes), encoded);
  }
});

Deno.test("encodeHuffman() encodes the strings of RFC 7541, appendix C.4 and C.6", () => {
  for (
    const [text, encoded] of [
      ["www.example.com", "f1e3c2e5f23a6ba0ab90f4ff"],
      ["no-cache", "a8eb10649cbf"],
      ["custom-value", "25a849e95bb8e8b4bf"],
      ["302", "6402"],
      ["private", "aec3771a4b"],
      ["Mon, 21 Oct 2013 20:13:21 GMT", "d07abe941054d444a8200595040b8166e082a62d1bff"],
    ] as const
  ) {
    assertEquals(hex(encodeHuffman(text)), encoded);
  }
});

Deno.test("encodeFields() names what is in the static table, and adds nothing to a table", () => {
  assertEquals(hex(encodeFields([":status", "200", ":status", "404"])), "888d");
  assertEquals(hex(encodeFields(["content-type", "x"])), "0f100178");
  assertEquals(hex(encodeFields(["x", "y"])), "0001780179");
});

Deno.test("encodeFields() marks what intermediaries must not keep (7.1.3)", () => {
  assertEquals(hex(encodeFields(["authorization", "x"])), "1f080178");
});

Deno.test("encodeFields() and HpackDecoder are inverse, for all bytes and lengths (seed 1)", () => {
  const random = new SeededRandom(1);
  const decoder = new HpackDecoder({ maxTableSize: 4096, maxListSize: 1e9 });
  const text = () =>
    String.fromCharCode(...Array.from(
      { length: random.below(random.pick([3, 40, 600])) },
      () => random.below(random.pick([128, 256])),
    ));
  for (let round = 0; round < 500; round++) {
    const fields = Array.from({ length: 2 * random.below(8) }, text);
    const block = encodeFields(fields);
    assertEquals(decoder.decode(block, 0, block.length).fields, fields);
  }
});

Deno.test("decodeHuffman() never gives more than 8/5 of what it takes, whatever that is (seed 2)", () => {
  const random = new SeededRandom(2);
  for (let round = 0; round < 5000; round++) {
    const bytes = Uint8Array.from({ length: random.below(30) }, () => random.below(256));
    const target = new Uint8Array(100).fill(7);
    const length = decodeHuffman(bytes, 0, bytes.length, target);
    if (length < 0) continue;
    const again = encodeHuffman(String.fromCharCode(...target.subarray(0, length)));
    assertEquals(hex(again), hex(bytes), "one code, one meaning");
  }
});
